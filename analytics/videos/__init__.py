"""What a video and a product did: counted with the journeys, kept by day, shown on pages of their own."""
