"""Which names the library's modules offer, and where a program finds them."""

from __future__ import annotations

from app.interpreter.records import Deferred

# module of the library          under                 names
OFFERS = """
torch.nn.modules.module | torch.nn torch.nn.modules | Module
torch.nn.modules.module | | _indented
torch.nn.modules._registration | | Module
torch.nn.modules._conversion | | Module
torch.nn.modules._hooks | | Module
torch.nn.modules._state | | Module
torch.nn.modules.linear | torch.nn torch.nn.modules | Linear Identity Bilinear
torch.nn.modules.linear | | NonDynamicallyQuantizableLinear
torch.nn.modules.container | torch.nn torch.nn.modules | Sequential ModuleList ModuleDict
torch.nn.modules.activation | torch.nn torch.nn.modules | Threshold ReLU RReLU Hardtanh ReLU6 Sigmoid Hardsigmoid Tanh
torch.nn.modules.activation | torch.nn torch.nn.modules | SiLU Mish Hardswish ELU CELU SELU GLU GELU Hardshrink
torch.nn.modules.activation | torch.nn torch.nn.modules | LeakyReLU LogSigmoid Softplus Softshrink PReLU Softsign
torch.nn.modules.activation | torch.nn torch.nn.modules | Tanhshrink Softmin Softmax Softmax2d LogSoftmax
torch.nn.modules.distance | torch.nn torch.nn.modules | PairwiseDistance CosineSimilarity
torch.nn.modules.loss | torch.nn torch.nn.modules | L1Loss MSELoss SoftMarginLoss MultiLabelMarginLoss NLLLoss
torch.nn.modules.loss | torch.nn torch.nn.modules | NLLLoss2d CrossEntropyLoss BCELoss BCEWithLogitsLoss
torch.nn.modules.loss | torch.nn torch.nn.modules | MultiLabelSoftMarginLoss SmoothL1Loss HuberLoss KLDivLoss
torch.nn.modules.loss | torch.nn torch.nn.modules | PoissonNLLLoss GaussianNLLLoss HingeEmbeddingLoss CTCLoss
torch.nn.modules.loss | torch.nn torch.nn.modules | CosineEmbeddingLoss MarginRankingLoss MultiMarginLoss
torch.nn.modules.loss | torch.nn torch.nn.modules | TripletMarginLoss TripletMarginWithDistanceLoss
torch.nn.init | | calculate_gain uniform_ normal_ constant_ ones_ zeros_ eye_ dirac_ xavier_uniform_ xavier_normal_
torch.nn.init | | kaiming_uniform_ kaiming_normal_ trunc_normal_ orthogonal_ sparse_ uniform normal constant eye dirac
torch.nn.init | | xavier_uniform xavier_normal kaiming_uniform kaiming_normal orthogonal sparse
torch.nn.init | | _calculate_fan_in_and_fan_out _calculate_correct_fan
torch.utils.hooks | | RemovableHandle
"""


def offered() -> dict[str, Deferred]:
    """By public dotted name. A module's own path is always one of them: torch.nn.modules.linear.Linear."""
    found: dict[str, Deferred] = {}
    for row in filter(None, (line.strip() for line in OFFERS.splitlines())):
        module, places, names = (part.strip() for part in row.split("|"))
        for name in names.split():
            for place in (module, *places.split()):
                found[f"{place}.{name}"] = Deferred(module, name)
    return found
