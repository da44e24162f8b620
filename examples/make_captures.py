"""Write `captures.warc.gz`: the pages in `pages/` as if an archive had captured them.

Run it after changing a page:  python examples/make_captures.py
"""

from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).parent

# Page, the time it was captured (UTC), and the address it was captured from.
CAPTURES = (
    ("harbour-courier", "2025-03-16T08:15:00Z", "https://harbour-courier.example/news/aurelia-drifted"),
    ("lagoon-post", "2025-03-17T12:00:00Z", "https://lagoon-post.example/2025/03/16/log-of-drifting-ferry"),
    ("inselbote", "2025-03-18T07:00:00Z", "https://inselbote.example/faehre-aurelia"),
    ("prichal", "2025-03-17T09:30:00Z", "https://prichal.example/news/parom-aurelia"),
    ("beregovi-visti", "2025-03-18T11:05:00Z", "https://beregovi-visti.example/porom-aurelia"),
    ("island-ledger", "2025-03-20T15:00:00Z", "https://island-ledger.example/passengers-want-money-back"),
    ("pereprava", "2025-04-03T06:00:00Z", "https://pereprava.example/velmora-most"),
)


def write_captures(target: Path) -> None:
    """Write all captures to `target`; the same pages give the same records."""
    with target.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for name, moment, url in CAPTURES:
            page = (HERE / "pages" / f"{name}.html").read_bytes()
            http = StatusAndHeaders(
                "200 OK",
                [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))],
                protocol="HTTP/1.1",
            )
            record = writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(page),
                http_headers=http,
                warc_headers_dict={
                    "WARC-Date": moment,
                    "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, moment + url)}>",
                },
            )
            writer.write_record(record)


if __name__ == "__main__":
    write_captures(HERE / "captures.warc.gz")
