"""Python's `textwrap`."""


def dedent(text):
    lines = text.split("\n")
    full = [line for line in lines if line.strip()]
    margin = min([len(line) - len(line.lstrip()) for line in full], default=0)
    return "\n".join([line[margin:] if line.strip() else "" for line in lines])


def indent(text, prefix, predicate=None):
    wanted = predicate or (lambda line: line.strip())
    return "".join([prefix + line if wanted(line) else line for line in text.splitlines(True)])


def wrap(text, width=70, **kwargs):
    first, rest = kwargs.get("initial_indent", ""), kwargs.get("subsequent_indent", "")
    lines = []
    current = first
    empty = True
    for word in text.split():
        if not empty and len(current) + 1 + len(word) > width:
            lines.append(current)
            current = rest
            empty = True
        current = current + word if empty else f"{current} {word}"
        empty = False
    if not empty:
        lines.append(current)
    return lines


def fill(text, width=70, **kwargs):
    return "\n".join(wrap(text, width, **kwargs))


def shorten(text, width, **kwargs):
    words = text.split()
    placeholder = kwargs.get("placeholder", " [...]")
    if len(" ".join(words)) <= width:
        return " ".join(words)
    while words and len(" ".join(words)) + len(placeholder) > width:
        words.pop()
    return " ".join(words) + placeholder if words else placeholder.strip()
