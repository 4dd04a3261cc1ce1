"""What one number of an operation costs beside being touched, in multiply-adds inside BLAS (1/30 ns); measured.

Only what is more than five times as dear as an addition is listed.
"""

from __future__ import annotations

from typing import Final

SORTED: Final = 400
SEARCHED: Final = 1_500
SERIES: Final = 5_000
BESSEL: Final = 70_000

DEARER: Final[dict[str, int]] = {
    "sort": SORTED,
    "topk": SORTED,
    "kthvalue": SORTED,
    "median": SORTED,
    "nanmedian": SORTED,
    "msort": SORTED,
    "argsort": SORTED,
    "quantile": SORTED,
    "nanquantile": SORTED,
    "histc": SORTED,
    "unique": 900,
    "unique_dim": 900,
    "unique_consecutive": 400,
    "mode": SERIES,
    "isin": SEARCHED,
    "searchsorted": SEARCHED,
    "bucketize": SEARCHED,
    "logcumsumexp": 800,
    "scatter_reduce": 1_000,
    "index_reduce": 1_000,
    "gelu": SEARCHED,
    "mish": 500,
    "lgamma": 2_500,  # its derivative; itself it tells the meter of
    "digamma": SERIES,
    "polygamma": SERIES,
    "special_zeta": SERIES,
    "igamma": 180_000,
    "igammac": 180_000,
    "i0": SERIES,
    "special_i0e": SERIES,
    "special_i1": SERIES,
    "special_i1e": SERIES,
    "special_airy_ai": BESSEL,
    "special_bessel_j0": BESSEL,
    "special_bessel_j1": BESSEL,
    "special_bessel_y0": BESSEL,
    "special_bessel_y1": BESSEL,
    "special_modified_bessel_i0": BESSEL,
    "special_modified_bessel_i1": BESSEL,
    "special_modified_bessel_k0": BESSEL,
    "special_modified_bessel_k1": BESSEL,
    "special_scaled_modified_bessel_k0": BESSEL,
    "special_scaled_modified_bessel_k1": BESSEL,
    "special_spherical_bessel_j0": BESSEL,
}
