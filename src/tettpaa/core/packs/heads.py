"""The head of a pack, pack.toml: what it is called, what it holds, and where its words come from."""

from pydantic import Field

from tettpaa.core.packs.registry import Shape

HEAD = "pack"


class About(Shape):
    """One sentence about the pack, for those who choose one."""

    nb: str = Field(max_length=300, description="One sentence about the pack, in bokmål.")
    nn: str = Field(
        default="", max_length=300, description="The same in nynorsk; bokmål is shown when it is empty."
    )
    en: str = Field(
        default="", max_length=300, description="The same in English; bokmål is shown when it is empty."
    )


class PackHead(Shape):
    """pack.toml."""

    name: str = Field(min_length=1, max_length=200, description="What the pack is called, for people.")
    about: About = Field(description="What the pack holds.")
    municipality: str = Field(
        default="",
        max_length=4,
        description="Code of the municipality of today, when the pack is a real one's.",
    )
    is_invented: bool = Field(
        default=False, description="Whether the municipality is invented, as Fjordvik is."
    )
    document: str = Field(default="", max_length=300, description="The founding document, by its own name.")
    source: str = Field(default="", max_length=300, description="Where the document was read.")
    year: int | None = Field(default=None, ge=1900, le=2200, description="The year of the document.")

    def sentence(self, language: str) -> str:
        """What the pack holds, in the reader's language when somebody has written it."""
        return str(getattr(self.about, language, "") or self.about.nb)
