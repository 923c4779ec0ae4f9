"""C4's own code and NLTK's own Punkt, ready to be compared with.

`c4_utils.py` of TensorFlow Datasets is loaded from its file, with stand-ins for TensorFlow and Beam,
of which the functions used here need nothing. NLTK is the version that TensorFlow Datasets names for
C4. Its English model comes from a package that carries NLTK's `punkt_tab` data; the code is NLTK's.
"""

import importlib.util
import sys
import types
from collections import defaultdict
from pathlib import Path


def sentence_tokenizer():
    """NLTK's `PunktSentenceTokenizer` with its English model."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
    from punkt.data import english

    parameters = PunktParameters()
    parameters.abbrev_types = set(english.ABBREV_TYPES)
    parameters.sent_starters = set(english.SENT_STARTERS)
    parameters.collocations = set(english.COLLOCATIONS)
    parameters.ortho_context = defaultdict(int, english.ORTHO_CONTEXT)
    return PunktSentenceTokenizer(parameters)


def c4_utils(tokenizer):
    """The module `tensorflow_datasets.text.c4_utils`."""

    def module(name, **members):
        made = types.ModuleType(name)
        made.__dict__.update(members)
        sys.modules[name] = made
        return made

    found = importlib.util.find_spec("tensorflow_datasets")
    path = Path(next(iter(found.submodule_search_locations))) / "text" / "c4_utils.py"
    tensorflow = types.SimpleNamespace(
        compat=types.SimpleNamespace(as_text=lambda text: text), io=types.SimpleNamespace()
    )
    beam = types.SimpleNamespace(
        metrics=types.SimpleNamespace(
            Metrics=types.SimpleNamespace(
                counter=lambda *names: types.SimpleNamespace(inc=lambda amount: None)
            )
        )
    )
    core = types.SimpleNamespace(lazy_imports=types.SimpleNamespace(apache_beam=beam))
    module("tensorflow_datasets")
    module("tensorflow_datasets.core")
    module("tensorflow_datasets.core.utils")
    module("tensorflow_datasets.core.utils.lazy_imports_utils", tensorflow=tensorflow)
    api = module("tensorflow_datasets.public_api", core=core)
    sys.modules["tensorflow_datasets"].public_api = api
    specification = importlib.util.spec_from_file_location("c4_utils", path)
    utils = importlib.util.module_from_spec(specification)
    sys.modules["c4_utils"] = utils
    specification.loader.exec_module(utils)
    utils._SENTENCE_TOKENIZER = tokenizer
    return utils


class Reference:
    """What C4 does with a page before it needs other pages."""

    def __init__(self):
        self.tokenizer = sentence_tokenizer()
        self.utils = c4_utils(self.tokenizer)
        self.clean_page = self.utils.get_clean_page_fn()

    def sentences(self, text):
        return len(self.tokenizer.tokenize(text))

    def clean(self, text):
        """The reason for which the page is dropped, or None; its clean text; and for each line up to
        where it is dropped the reason for which the line is, or None."""
        page = self.utils.PageFeatures(text=text)
        if not self.utils.is_valid_length(page):
            return "too_long", None, []
        counters = []
        pages = list(self.clean_page(page, counter_inc_fn=counters.append))
        reason, lines = None, []
        for counter in counters:
            kind, _, name = counter.partition(":")
            if kind == "line-filtered":
                lines.append(name)
            elif kind == "line-passed":
                lines.append(None)
            elif kind == "filtered":
                reason = name
        return reason, pages[0].text if pages else None, lines
