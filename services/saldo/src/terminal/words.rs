//! The words of the terminal in each language.

use saldo_analysis::narrative::Language;
use saldo_proto::analysis::v1::Stage;

/// Labels in one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) money_in: &'static str,
    pub(crate) money_out: &'static str,
    pub(crate) net: &'static str,
    pub(crate) opening: &'static str,
    pub(crate) closing: &'static str,
    pub(crate) cash_flow: &'static str,
    pub(crate) spending: &'static str,
    pub(crate) regular: &'static str,
    /// Title, the ends of the interval, and what is said where the full months are too few.
    pub(crate) forecast: &'static str,
    pub(crate) between: [&'static str; 2],
    pub(crate) no_forecast: [&'static str; 2],
    pub(crate) cadences: [(&'static str, &'static str); 5],
    pub(crate) unusual: &'static str,
    pub(crate) rejected: &'static str,
    pub(crate) unmatched: &'static str,
    /// Around the column of a question, and what to do then.
    pub(crate) asks: [&'static str; 2],
    pub(crate) answer: &'static str,
    pub(crate) in_other_files: &'static str,
    pub(crate) reconciled: &'static str,
    pub(crate) not_reconciled: &'static str,
    /// What is said where nothing is proved: there are no balances, only an opening, only a closing one, or too few.
    no_balances: [&'static str; 4],
    pub(crate) line: &'static str,
    pub(crate) more: &'static str,
    pub(crate) accounts: &'static str,
    pub(crate) debit: &'static str,
    pub(crate) credit: &'static str,
    pub(crate) income: &'static str,
    pub(crate) expenses: &'static str,
    pub(crate) profit: &'static str,
    /// Why a row has its category: the user, the file, words, a transfer, rows that are alike.
    reasons: [(&'static str, &'static str); 5],
    /// Ledger, trial balance, invoices, sales.
    kinds: [&'static str; 4],
    stages: [&'static str; 6],
}

const EN: Words = Words {
    money_in: "Money in",
    money_out: "Money out",
    net: "Net",
    opening: "Opening balance",
    closing: "Closing balance",
    cash_flow: "Cash flow by month",
    spending: "Where the money went",
    regular: "Regular payments",
    forecast: "Forecast of the net",
    between: ["80% from", "to"],
    no_forecast: ["Full months in a row up to the end", "a forecast needs"],
    cadences: [
        ("weekly", "weekly"),
        ("fortnightly", "every other week"),
        ("monthly", "monthly"),
        ("quarterly", "quarterly"),
        ("yearly", "yearly"),
    ],
    unusual: "Worth a look",
    rejected: "Rejected",
    unmatched: "Corrections that match no row, and changed nothing",
    asks: ["The column '", "' has more than one reading, and nothing in the file decides."],
    answer: "Run the command again with the flag that is right.",
    in_other_files: "already in other files",
    reconciled: "reconciled with the balances of the file",
    not_reconciled: "NOT reconciled, missing",
    no_balances: [
        "not checked: the file states no balances",
        "not checked: the file states an opening balance only",
        "not checked: the file states a closing balance only",
        "not checked: the balances in the file are not enough",
    ],
    line: "line",
    more: "more",
    accounts: "Accounts",
    debit: "Debits",
    credit: "Credits",
    income: "Income",
    expenses: "Expenses",
    profit: "Profit",
    reasons: [
        ("corrected", "as you said"),
        ("file", "stated in the file"),
        ("rule", "by its words"),
        ("transfer", "between own accounts"),
        ("learned", "like other rows"),
    ],
    kinds: ["ledger", "trial balance", "invoices", "sales"],
    stages: ["Receiving", "Looking at the file", "Reading rows", "Sorting", "Computing figures", "Writing"],
};

const RU: Words = Words {
    money_in: "Поступило",
    money_out: "Списано",
    net: "Разница",
    opening: "Остаток на начало",
    closing: "Остаток на конец",
    cash_flow: "Движение денег по месяцам",
    spending: "На что ушли деньги",
    regular: "Регулярные платежи",
    forecast: "Прогноз разницы",
    between: ["80 % от", "до"],
    no_forecast: ["Полных месяцев подряд до конца", "для прогноза нужно"],
    cadences: [
        ("weekly", "еженедельно"),
        ("fortnightly", "раз в две недели"),
        ("monthly", "ежемесячно"),
        ("quarterly", "ежеквартально"),
        ("yearly", "ежегодно"),
    ],
    unusual: "Обратите внимание",
    rejected: "Не прочитано",
    unmatched: "Исправления, под которые не подошла ни одна строка; они ничего не изменили",
    asks: ["Столбец «", "» можно прочитать по-разному, и в файле ничто не решает, как верно."],
    answer: "Запустите команду ещё раз с верным параметром.",
    in_other_files: "уже в других файлах",
    reconciled: "сходится с остатками в файле",
    not_reconciled: "НЕ сходится, не хватает",
    no_balances: [
        "не проверено: остатков в файле нет",
        "не проверено: в файле есть только остаток на начало",
        "не проверено: в файле есть только остаток на конец",
        "не проверено: остатков в файле недостаточно",
    ],
    line: "строка",
    more: "ещё",
    accounts: "Счета",
    debit: "Дебет",
    credit: "Кредит",
    income: "Доходы",
    expenses: "Расходы",
    profit: "Прибыль",
    reasons: [
        ("corrected", "как вы указали"),
        ("file", "указано в файле"),
        ("rule", "по словам"),
        ("transfer", "между своими счетами"),
        ("learned", "как похожие строки"),
    ],
    kinds: ["бухгалтерский регистр", "оборотно-сальдовая ведомость", "счета", "продажи"],
    stages: [
        "Загрузка",
        "Просмотр файла",
        "Чтение строк",
        "Разбор по категориям",
        "Расчёт показателей",
        "Составление текста",
    ],
};

impl Words {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &EN,
            Language::Russian => &RU,
        }
    }

    /// Why nothing is proved, by the balances that are stated.
    pub(crate) fn unproved(&self, stated: &str) -> &'static str {
        let [nothing, opening, closing, several] = self.no_balances;
        match stated {
            "opening" => opening,
            "closing" => closing,
            "several" => several,
            _ => nothing,
        }
    }

    /// Why a row has its category; nothing where it has none.
    pub(crate) fn reason(&self, reason: &str) -> &'static str {
        self.reasons.iter().find(|(key, _)| *key == reason).map_or("", |(_, words)| words)
    }

    /// What the file is, where it is no statement.
    pub(crate) fn kind(&self, kind: &str) -> Option<&'static str> {
        let [ledger, trial_balance, invoices, sales] = self.kinds;
        match kind {
            "ledger" => Some(ledger),
            "trial_balance" => Some(trial_balance),
            "invoices" => Some(invoices),
            "sales" => Some(sales),
            _ => None,
        }
    }

    pub(crate) fn stage(&self, stage: Stage) -> &'static str {
        let [receiving, detecting, reading, enriching, computing, writing] = self.stages;
        match stage {
            // The command line has no queue.
            Stage::Unspecified | Stage::Uploading | Stage::Queued => receiving,
            Stage::Detecting => detecting,
            Stage::Reading => reading,
            Stage::Enriching => enriching,
            Stage::Computing => computing,
            Stage::Writing => writing,
        }
    }
}
