"""Tables that the figures are measured on."""
import csv
import datetime
import os


def statement(path, rows):
    """A statement with a running balance, two decimals, twelve months, some hundred counterparties."""
    balance = 10_000_000
    with open(path, "w", encoding="utf-8") as out:
        out.write("Booking date;Counterparty;Description;Amount;Currency;Balance\n")
        for n in range(rows):
            cents = 250_000 if n % 20 == 0 else -(n * 7919 % 19_000 + 100)
            balance += cents
            day = n * 360 // rows
            out.write(
                f"2025-{day // 30 + 1:02d}-{day % 28 + 1:02d};Counterparty {n * 31 % 400};Payment {n};"
                f"{cents / 100:.2f};EUR;{balance / 100:.2f}\n"
            )


def ledger(path, cards=None, copies=10):
    """Date, amount, merchant, account: purchase cards from a folder of CSV files several times over, or rows made here."""
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("date,amount,merchant,account\n")
        start = out.tell()
        write = csv.writer(out, lineterminator="\n")
        write.writerows(purchases(cards) if cards else made())
    with open(path, "r+b") as out:
        out.seek(start)
        rows = out.read()
        for _ in range(copies - 1):
            out.write(rows)


def purchases(folder):
    """The rows of real purchase cards that have a date and an amount, the amounts as `pandas` writes them."""
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            place = {}
            for number, header in enumerate(next(rows)):
                place.setdefault(header.strip(), number)
            date, amount, merchant, account = (
                place[header] for header in ("TRANS DATE", "ORIGINAL GROSS AMT", "MERCHANT NAME", "TRANS CAC DESC 1")
            )
            for row in rows:
                if len(row) <= max(date, amount, merchant, account):
                    continue
                try:
                    day = datetime.date.fromisoformat(row[date])
                    number = float(row[amount].replace(",", ""))
                except ValueError:
                    continue
                yield day, number, row[merchant].strip().lower(), row[account].strip().lower()


def made(rows=186_000):
    """As many rows as those cards have, over three years, 143 accounts and some thousand merchants."""
    for n in range(rows):
        day = datetime.date(2014, 4, 1) + datetime.timedelta(days=n * 1_100 // rows)
        cents = -(n % 9_000 + 1) if n % 40 == 0 else n * 7_919 % 30_000 + 100
        yield day, cents / 100, f"merchant {n * 31 % 9_000}", f"ledger account {n * 17 % 143}"
