"""Which names the library's modules offer, and where a program finds them."""

from __future__ import annotations

from app.interpreter.records import Deferred

# module of the library          under                 names
OFFERS = """
argparse | | Namespace ArgumentParser ArgumentDefaultsHelpFormatter RawTextHelpFormatter HelpFormatter SUPPRESS
argparse | | RawDescriptionHelpFormatter
gc | | collect enable disable isenabled
json | | JSONDecodeError dumps
logging | | CRITICAL ERROR WARNING INFO DEBUG NOTSET Logger getLogger basicConfig debug info warning error critical
logging | | exception log disable captureWarnings StreamHandler Formatter Handler
random | | Random SystemRandom seed random uniform gauss normalvariate triangular expovariate
random | | lognormvariate betavariate gammavariate paretovariate weibullvariate
random | | getrandbits randrange randint choice shuffle sample choices
copy | | Error copy deepcopy
time | | time perf_counter monotonic process_time thread_time time_ns perf_counter_ns
time | | monotonic_ns process_time_ns sleep ctime asctime strftime
functools | | WRAPPER_ASSIGNMENTS update_wrapper wraps partial partialmethod reduce cmp_to_key
functools | | lru_cache cache cached_property total_ordering
itertools | | chain count cycle repeat islice accumulate starmap takewhile dropwhile filterfalse
itertools | | compress pairwise zip_longest product permutations combinations
itertools | | combinations_with_replacement groupby tee batched
collections | | OrderedDict defaultdict Counter deque namedtuple ChainMap UserDict UserList
collections | | _tuple_class
enum | | auto EnumMeta Enum IntEnum StrEnum IntFlag Flag EnumType unique
abc | | abstractmethod abstractproperty abstractclassmethod abstractstaticmethod ABCMeta ABC
contextlib | | ContextDecorator AbstractContextManager contextmanager suppress nullcontext closing
contextlib | | ExitStack
dataclasses | | MISSING KW_ONLY FrozenInstanceError InitVar Field field dataclass fields is_dataclass
dataclasses | | asdict astuple replace make_dataclass
typing | typing_extensions | Any Union Optional Callable List Dict Tuple Set FrozenSet Type Sequence
typing | typing_extensions | MutableSequence Mapping MutableMapping Iterable Iterator Generator Collection
typing | typing_extensions | Container Hashable Sized Awaitable Literal Final ClassVar Annotated Self NoReturn
typing | typing_extensions | Never TypeAlias Concatenate Unpack Text AnyStr OrderedDict DefaultDict Deque Counter
typing | typing_extensions | Number SupportsFloat SupportsInt SupportsIndex SupportsAbs TYPE_CHECKING Generic
typing | typing_extensions | Protocol TypeVar ParamSpec TypeVarTuple NamedTuple TypedDict NewType cast overload
typing | typing_extensions | final no_type_check override runtime_checkable get_type_hints get_origin get_args
operator | | add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift neg pos inv
operator | | invert not_ truth abs eq ne lt le gt ge is_ is_not contains concat getitem countOf
operator | | index setitem delitem iadd isub imul itruediv itemgetter attrgetter methodcaller
string | | whitespace ascii_lowercase ascii_uppercase ascii_letters digits hexdigits octdigits
string | | punctuation printable capwords
statistics | | StatisticsError mean fmean median median_low median_high mode variance pvariance
statistics | | stdev pstdev
warnings | | warn simplefilter filterwarnings resetwarnings formatwarning catch_warnings
sys | | stdout stderr version version_info maxsize byteorder platform float_info argv path
sys | | exit getrecursionlimit setrecursionlimit exc_info
traceback | | print_exc print_exception print_stack print_tb format_exc format_exception_only
traceback | | format_exception
textwrap | | dedent indent wrap fill shorten
pprint | | pformat pprint pp
types | | SimpleNamespace MethodType FunctionType LambdaType GeneratorType NoneType
numbers | | Number Complex Real Rational Integral
tqdm | tqdm.auto tqdm.notebook | tqdm trange tqdm_notebook
matplotlib | | pyplot cm colors animation ticker gridspec patches lines rcParams pylab axes3d Axes3D
matplotlib | | use rc
typing | collections.abc | Callable Iterable Iterator Sequence MutableSequence Mapping MutableMapping Generator
typing | collections.abc | Hashable Sized Container Collection
matplotlib | mpl_toolkits.mplot3d | Axes3D
torch.nn.modules.module | torch.nn torch.nn.modules | Module
torch.nn.modules.module | | _indented
torch.nn.modules._module.registration | | Module
torch.nn.modules._module.conversion | | Module
torch.nn.modules._module.hooks | | Module
torch.nn.modules._module.hooks | torch.nn.modules.module | register_module_forward_pre_hook register_module_forward_hook
torch.nn.modules._module.hooks | torch.nn.modules.module | register_module_full_backward_hook
torch.nn.modules._module.state | | Module
torch.nn.modules.linear | torch.nn torch.nn.modules | Linear Identity Bilinear
torch.nn.modules.linear | | NonDynamicallyQuantizableLinear
torch.nn.modules.container | torch.nn torch.nn.modules | Sequential ModuleList ModuleDict
torch.nn.modules.activation | torch.nn torch.nn.modules | Threshold ReLU RReLU Hardtanh ReLU6 Hardsigmoid
torch.nn.modules.activation | torch.nn torch.nn.modules | SiLU Mish Hardswish ELU CELU SELU
torch.nn.modules.activation | torch.nn torch.nn.modules | LeakyReLU
torch.nn.modules._activation_curves | torch.nn.modules.activation torch.nn torch.nn.modules | Sigmoid Tanh GLU GELU
torch.nn.modules._activation_curves | torch.nn.modules.activation torch.nn torch.nn.modules | Hardshrink LogSigmoid
torch.nn.modules._activation_curves | torch.nn.modules.activation torch.nn torch.nn.modules | Softplus Softshrink
torch.nn.modules._activation_curves | torch.nn.modules.activation torch.nn torch.nn.modules | PReLU Softsign
torch.nn.modules._activation_curves | torch.nn.modules.activation torch.nn torch.nn.modules | Tanhshrink Softmin
torch.nn.modules._activation_curves | torch.nn.modules.activation torch.nn torch.nn.modules | Softmax Softmax2d
torch.nn.modules._activation_curves | torch.nn.modules.activation torch.nn torch.nn.modules | LogSoftmax
torch.nn.modules.distance | torch.nn torch.nn.modules | PairwiseDistance CosineSimilarity
torch.nn.modules.loss | torch.nn torch.nn.modules | L1Loss MSELoss SoftMarginLoss MultiLabelMarginLoss NLLLoss
torch.nn.modules.loss | torch.nn torch.nn.modules | NLLLoss2d CrossEntropyLoss BCELoss BCEWithLogitsLoss
torch.nn.modules.loss | torch.nn torch.nn.modules | MultiLabelSoftMarginLoss SmoothL1Loss HuberLoss KLDivLoss
torch.nn.modules.loss | torch.nn torch.nn.modules | PoissonNLLLoss GaussianNLLLoss CTCLoss
torch.nn.modules.loss | | _Loss _WeightedLoss
torch.nn.modules._loss_margins | torch.nn.modules.loss torch.nn torch.nn.modules | HingeEmbeddingLoss
torch.nn.modules._loss_margins | torch.nn.modules.loss torch.nn torch.nn.modules | CosineEmbeddingLoss
torch.nn.modules._loss_margins | torch.nn.modules.loss torch.nn torch.nn.modules | MarginRankingLoss MultiMarginLoss
torch.nn.modules._loss_margins | torch.nn.modules.loss torch.nn torch.nn.modules | TripletMarginLoss
torch.nn.modules._loss_margins | torch.nn.modules.loss torch.nn torch.nn.modules | TripletMarginWithDistanceLoss
torch.nn.init | | calculate_gain uniform_ normal_ constant_ ones_ zeros_ eye_ dirac_ xavier_uniform_ xavier_normal_
torch.nn.init | | kaiming_uniform_ kaiming_normal_ trunc_normal_ orthogonal_ sparse_ uniform normal constant eye dirac
torch.nn.init | | xavier_uniform xavier_normal kaiming_uniform kaiming_normal orthogonal sparse
torch.nn.init | | _calculate_fan_in_and_fan_out _calculate_correct_fan
torch.nn.utils.clip_grad | torch.nn.utils | clip_grad_norm_ clip_grad_norm clip_grad_value_ get_total_norm
torch.nn.utils.clip_grad | torch.nn.utils | clip_grads_with_norm_
torch.nn.utils.convert_parameters | torch.nn.utils | parameters_to_vector vector_to_parameters
torch.nn.utils.rnn | | pad_sequence unpad_sequence
torch.nn.utils._packing | torch.nn.utils.rnn | PackedSequence pack_padded_sequence pad_packed_sequence pack_sequence
torch.nn.utils._packing | torch.nn.utils.rnn | unpack_sequence invert_permutation
torch.nn.utils.stateless | torch.func | functional_call
torch.utils.hooks | | RemovableHandle
torch.utils._backward | torch.utils.hooks | BackwardHook
torch.nn.modules._windows.sizes | | each
torch.nn.parallel.data_parallel | torch.nn torch.nn.parallel | DataParallel
torch.nn.modules._lazy | torch.nn torch.nn.modules | LazyLinear LazyConv1d LazyConv2d LazyConv3d LazyConvTranspose1d
torch.nn.modules._lazy | torch.nn torch.nn.modules | LazyConvTranspose2d LazyConvTranspose3d LazyBatchNorm1d
torch.nn.modules._lazy | torch.nn torch.nn.modules | LazyBatchNorm2d LazyBatchNorm3d
torch.nn.modules._lazy | torch.nn.parameter torch.nn | UninitializedParameter UninitializedBuffer
torch.nn.modules._parameter_containers | torch.nn torch.nn.modules torch.nn.modules.container | ParameterList
torch.nn.modules._parameter_containers | torch.nn torch.nn.modules torch.nn.modules.container | ParameterDict
torch.nn.modules._attention.forward | torch.nn.functional | multi_head_attention_forward
torch.nn.modules._attention.forward | | canonical_mask
torch.nn.modules._attention.multihead | torch.nn torch.nn.modules torch.nn.modules.activation | MultiheadAttention
torch.nn.modules._rnn.steps | | run_packed STEPS Weights tanh_step relu_step lstm_step gru_step run
torch.nn.modules._rnn.base | torch.nn.modules.rnn torch.nn | RNNBase
torch.nn.modules.batchnorm | | _NormBase
torch.nn.modules.batchnorm | torch.nn torch.nn.modules | BatchNorm1d BatchNorm2d BatchNorm3d
torch.nn.modules.channelshuffle | torch.nn torch.nn.modules | ChannelShuffle
torch.nn.modules.conv | torch.nn torch.nn.modules | Conv1d Conv2d Conv3d
torch.nn.modules.conv | | _ConvNd
torch.nn.modules._windows.conv_transpose | torch.nn.modules.conv torch.nn torch.nn.modules | ConvTranspose1d
torch.nn.modules._windows.conv_transpose | torch.nn.modules.conv torch.nn torch.nn.modules | ConvTranspose2d
torch.nn.modules._windows.conv_transpose | torch.nn.modules.conv torch.nn torch.nn.modules | ConvTranspose3d
torch.nn.modules.dropout | torch.nn torch.nn.modules | Dropout Dropout1d Dropout2d Dropout3d AlphaDropout
torch.nn.modules.dropout | torch.nn torch.nn.modules | FeatureAlphaDropout
torch.nn.modules.flatten | torch.nn torch.nn.modules | Flatten Unflatten
torch.nn.modules.fold | torch.nn torch.nn.modules | Fold Unfold
torch.nn.modules.instancenorm | torch.nn torch.nn.modules | InstanceNorm1d InstanceNorm2d InstanceNorm3d
torch.nn.modules.normalization | torch.nn torch.nn.modules | LocalResponseNorm LayerNorm GroupNorm RMSNorm
torch.nn.modules.padding | torch.nn torch.nn.modules | ConstantPad1d ConstantPad2d ConstantPad3d ZeroPad1d ZeroPad2d
torch.nn.modules.padding | torch.nn torch.nn.modules | ZeroPad3d ReflectionPad1d ReflectionPad2d ReflectionPad3d
torch.nn.modules.padding | torch.nn torch.nn.modules | ReplicationPad1d ReplicationPad2d ReplicationPad3d
torch.nn.modules.padding | torch.nn torch.nn.modules | CircularPad1d CircularPad2d CircularPad3d
torch.nn.modules.pixelshuffle | torch.nn torch.nn.modules | PixelShuffle PixelUnshuffle
torch.nn.modules.pooling | torch.nn torch.nn.modules | MaxPool1d MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d
torch.nn.modules.pooling | torch.nn torch.nn.modules | MaxUnpool3d AvgPool1d AvgPool2d AvgPool3d LPPool1d LPPool2d
torch.nn.modules.pooling | torch.nn torch.nn.modules | AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d
torch.nn.modules.pooling | torch.nn torch.nn.modules | AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d
torch.nn.modules.sparse | torch.nn torch.nn.modules | Embedding EmbeddingBag
torch.nn.modules.upsampling | torch.nn torch.nn.modules | Upsample UpsamplingNearest2d UpsamplingBilinear2d
torch.nn.modules.rnn | torch.nn torch.nn.modules | RNN GRU LSTM RNNCellBase RNNCell GRUCell LSTMCell
torch.nn.modules.transformer | torch.nn torch.nn.modules | TransformerEncoder TransformerDecoder Transformer
torch.nn.modules._attention.layers | torch.nn.modules.transformer torch.nn torch.nn.modules | TransformerEncoderLayer
torch.nn.modules._attention.layers | torch.nn.modules.transformer torch.nn torch.nn.modules | TransformerDecoderLayer
torch.optim.optimizer | torch.optim | Optimizer required _check _check_betas _check_rate _refuse _stepped
torch.optim.sgd | torch.optim | SGD
torch.optim.asgd | torch.optim | ASGD
torch.optim.rprop | torch.optim | Rprop
torch.optim.adam | torch.optim | Adam
torch.optim.adamw | torch.optim | AdamW
torch.optim.adamax | torch.optim | Adamax
torch.optim.nadam | torch.optim | NAdam
torch.optim.radam | torch.optim | RAdam
torch.optim.rmsprop | torch.optim | RMSprop
torch.optim.adagrad | torch.optim | Adagrad
torch.optim.adadelta | torch.optim | Adadelta
torch.optim.lbfgs | torch.optim | LBFGS
torch.nn.functional | | triplet_margin_with_distance_loss upsample upsample_nearest
torch.nn.functional | | upsample_bilinear
torch.utils.data.dataset | torch.utils.data | Dataset IterableDataset TensorDataset StackDataset ConcatDataset
torch.utils.data.dataset | torch.utils.data | ChainDataset Subset random_split
torch.utils.data.sampler | torch.utils.data | Sampler SequentialSampler RandomSampler SubsetRandomSampler
torch.utils.data.sampler | torch.utils.data | WeightedRandomSampler BatchSampler
torch.utils.data._utils.collate | torch.utils.data torch.utils.data.dataloader | default_collate default_convert
torch.utils.data.dataloader | torch.utils.data | DataLoader
torch.optim.lr_scheduler | | LRScheduler _LRScheduler LambdaLR MultiplicativeLR StepLR ConstantLR LinearLR ExponentialLR
torch.optim.lr_scheduler | | _per_group _rates _set _require_optimizer
torch.optim._lr_curves | torch.optim.lr_scheduler | MultiStepLR PolynomialLR CosineAnnealingLR
torch.optim._lr_curves | torch.optim.lr_scheduler | CosineAnnealingWarmRestarts
torch.optim._lr_cycles | torch.optim.lr_scheduler | CyclicLR OneCycleLR
torch.optim._lr_combined | torch.optim.lr_scheduler | ReduceLROnPlateau SequentialLR ChainedScheduler
torch.autograd._tuples | | as_tuple preprocess postprocess unwrapped require_graph require_vector gradients filled
torch.autograd.functional | | jacobian hessian vjp jvp hvp vhp
torch.autograd._gradcheck | torch.autograd | gradcheck gradgradcheck
torch.autograd._gradcheck | torch.autograd.functional | GradcheckError
torch.func._trees | | flatten mapped tensors
torch.func._levels | | entered left differentiated chosen replaced
torch.func.derivatives | torch.func functorch | grad grad_and_value vjp jvp
torch.func.jacobians | torch.func functorch | jacrev jacfwd hessian
torch.func.mapping | torch.func torch functorch | vmap
torch.version | | __version__ debug cuda hip git_version
torch.version | torch | __version__
torch.cuda | | is_available is_initialized device_count manual_seed manual_seed_all seed seed_all empty_cache
torch.cuda | | reset_peak_memory_stats memory_allocated max_memory_allocated memory_reserved max_memory_reserved
torch.cuda | | current_device get_device_name get_device_properties get_device_capability synchronize set_device init
torch.cuda | | ipc_collect mem_get_info is_bf16_supported device amp
torch.amp | | autocast GradScaler is_autocast_available is_autocast_enabled
torch.amp | torch | autocast
torch.backends | | cudnn mps mkl mkldnn openmp cuda cpu
torch.jit | | script trace is_scripting is_tracing ignore export unused
torch._package | torch | get_num_threads set_num_threads get_num_interop_threads set_num_interop_threads compile
torch._package | torch | use_deterministic_algorithms are_deterministic_algorithms_enabled set_warn_always
torch._package | torch | set_float32_matmul_precision get_float32_matmul_precision set_default_device
torch._package | torch | get_default_device set_default_tensor_type set_flush_denormal is_warn_always_enabled
torch._package | torch | typename
torch.serialization | torch | save load
torch.compiler | | is_compiling disable reset
torch.accelerator | torch.mps torch.xpu | is_available current_accelerator device_count manual_seed empty_cache
torch.hub | | load load_state_dict_from_url
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
