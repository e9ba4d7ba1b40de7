"""Why a video, a product or the shop does not sell: verdicts with evidence, the first broken step first."""
