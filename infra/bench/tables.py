"""Tables that the figures are measured on."""


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
