"""Documents in: the files of one or several folders, as Markdown text, with who may read them.

`sources` names the folders, `folder` walks and reports, `convert` reads text formats, `office` reads PDF and Office
files. Small single-purpose converters are used rather than one that does all: markitdown brings an inference engine of
40 MB for guessing types.
"""

from adapters.documents.folder import read_folder
from adapters.documents.sources import Source, read_documents, read_sources

__all__ = ["Source", "read_documents", "read_folder", "read_sources"]
