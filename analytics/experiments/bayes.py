"""The Bayesian view of two shares: Beta(1, 1) before anything was seen."""

from math import exp, log

import numpy as np
from scipy.special import betaln, gammaln

from analytics.experiments.samples import Ratio, Sample


def chance_better(a: tuple[float, float], b: tuple[float, float]) -> float:
    """P(B > A) for A ~ Beta(a), B ~ Beta(b), whose first parameters are whole numbers.

    Miller, "Formulas for Bayesian A/B testing" (2014): Σ B(αA+i, βA+βB) / ((βB+i)·B(1+i, βB)·B(αA, βA)), i < αB.
    """
    (alpha_a, beta_a), (alpha_b, beta_b) = a, b
    i = np.arange(round(alpha_b), dtype=float)
    terms = betaln(alpha_a + i, beta_a + beta_b) - np.log(beta_b + i) - betaln(1 + i, beta_b) - betaln(alpha_a, beta_a)
    return float(min(1.0, np.exp(terms).sum()))


def expected_loss(control: Sample | Ratio, treatment: Sample | Ratio) -> float:
    """What choosing the treatment is expected to cost, in the share itself, if it should be the worse one.

    Stucchio, "Bayesian A/B testing at VWO" (2015): mean(A)·P(A' > B) − mean(B)·P(A > B'), primes with one success more.
    """
    a, b = posterior(control), posterior(treatment)
    mean_a, mean_b = a[0] / sum(a), b[0] / sum(b)
    loss_a = mean_a * chance_better(b, (a[0] + 1, a[1]))
    loss_b = mean_b * chance_better((b[0] + 1, b[1]), a)
    return max(0.0, loss_a - loss_b)


def posterior(sample: Sample | Ratio) -> tuple[float, float]:
    """Beta parameters after the sample: 1 + reached, 1 + not reached."""
    return 1 + sample.total, 1 + sample.n - sample.total


def split_evidence(observed: list[int], weights: list[float], strength: float = 1_000) -> float:
    """Bayes factor against the planned split (Dirichlet-multinomial); beyond 1/α it may stop at any look.

    BF = [B(c·w + O)/B(c·w)] / Π wᵢ^Oᵢ with the weights' prior worth `strength` participants.
    """
    prior = [strength * weight for weight in weights]
    after = [p + seen for p, seen in zip(prior, observed, strict=True)]
    planned = sum(seen * log(weight) for seen, weight in zip(observed, weights, strict=True))
    return exp(min(700.0, _log_beta(after) - _log_beta(prior) - planned))


def _log_beta(parameters: list[float]) -> float:
    return float(sum(gammaln(p) for p in parameters) - gammaln(sum(parameters)))
