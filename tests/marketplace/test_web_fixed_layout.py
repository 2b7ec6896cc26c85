"""What makes a zip an OFD."""

import zipfile
from io import BytesIO

from marketplace.web.fixed_layout import is_fixed_layout
from tests.uploads import OFD_BYTES, archive


def is_ofd(old: bytes = b"", new: bytes = b"", document: str = "Doc_0/Document.xml") -> bool:
    with zipfile.ZipFile(BytesIO(OFD_BYTES)) as given:
        entry = given.read("OFD.xml").replace(old, new) if old else given.read("OFD.xml")
    with zipfile.ZipFile(BytesIO(archive({"OFD.xml": entry, document: b"x"}))) as changed:
        return is_fixed_layout(changed)


def test_an_ofd_has_an_entry_of_its_form_and_the_documents_that_it_names() -> None:
    assert is_ofd()
    assert is_ofd(b">Doc_0/", b">/Doc_0/")
    assert is_ofd(b'"OFD"', b'"OFD-A"')
    assert not is_ofd(document="Doc_1/Document.xml")
    assert not is_ofd(b"http://www.ofdspec.org/2016", b"http://other.example.test")
    assert not is_ofd(b'"OFD"', b'"PDF"')
    assert not is_ofd(b"DocRoot", b"Root")
    assert not is_ofd(b"<ofd:OFD", b'<!DOCTYPE a [<!ENTITY b "c">]><ofd:OFD')
    assert not is_ofd(b"</ofd:OFD>", b"")
