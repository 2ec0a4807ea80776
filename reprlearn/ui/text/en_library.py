"""English: the Library page."""

TEXTS: dict[str, str] = {
    "library.lead": (
        "Vectors and models from elsewhere open on the pages here like the trained ones: their map, the neighbours of a word, two of "
        "them side by side, and of a language model what it expects next. What you add is yours alone until you publish it."
    ),
    "library.add": "Add your own",
    "library.add.button": "Add",
    "library.read_only": "This installation is read-only: nothing can be added, published or deleted here.",
    "library.files": "Files that belong together",
    "library.files.help": (
        "One file, or all the files of one set of vectors or of one model. They are read as data: nothing in them is run."
    ),
    "library.format": "Format",
    "library.format.files": "Files",
    "library.format.glove": "a word and its numbers a line",
    "library.format.word2vec_text": "the same below a line with both sizes; fastText's `.vec` too",
    "library.format.word2vec_binary": "the `.bin` file",
    "library.format.npy": "the `.npy` file, and its words, one a line",
    "library.format.projector": "`vectors.tsv` and `metadata.tsv`",
    "library.format.safetensors": "the `.safetensors` file, and its words, one a line",
    "library.format.hugging_face": "`config.json`, `tokenizer.json` and the `.safetensors` files",
    "library.large": (
        "Two files of vectors over the same words open as input and output matrix. Up to 400,000 words of 300 numbers are read; files "
        "beyond {n} MB on the command line, where they are everybody's at once:"
    ),
    "library.recognised": "This is {format}.",
    "library.input": "Input matrix",
    "library.input.help": "The input matrix reads a word, the output (or context) matrix predicts one.",
    "library.name": "Name",
    "library.name.help": "Letters A to Z, digits, point, underscore and hyphen. It is the model's name on every page, and in links.",
    "library.reading": "Reading every number …",
    "library.too_many": "{n} files are more than the {most} that are read together",
    "library.too_large": "{name}: larger than the {n} MB a file may have here; use the command line",
    "library.too_large.all": "together larger than the {n} MB that are taken here; use the command line",
    "library.twice": "{name}: two files have this name",
    "library.bad_name": "{name}: no file should have this name; rename it",
    "library.taken": "there is a model named {name} already; choose another name",
    "library.added": "**{name}** is added. It is among your models on every page, and only you see it.",
    "library.everybodys": "Published",
    "library.everybodys.none": "Nothing yet. A published model is seen by everybody who opens this dashboard.",
    "library.published": "**{name}** is published: everybody here sees it.",
    "library.deleted": "**{name}** is deleted.",
    "library.own": "Yours, not published",
    "library.own.help": "Kept for {hours} hours after you last looked, in this browser. Nobody else sees them.",
    "library.private": "only you",
    "library.from": "Added {day}. {source}",
    "library.publish": "Publish",
    "library.delete": "Delete",
    "library.delete.button": "Delete it",
    "library.delete.sure": "**{name}** will be gone.",
    "library.delete.sure.all": "**{name}** will be gone for everybody.",
}
