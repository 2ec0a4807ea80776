"""English: taking views away, and the report."""

TEXTS: dict[str, str] = {
    "take.pin": "Pin",
    "take.pin.help": "Keep this view, as it is now, for the report.",
    "take.pinned": "Pinned. The report has {n} of them now: see Report at the left.",
    "take.refused.twice": "This view is in the report already.",
    "take.refused.many": "A report holds {n} views at the most. Take one out first.",
    "take.refused.large": "This view is too large for a report: more than {each} MB. Show fewer points, then pin it again.",
    "take.refused.full": "The report is full: its views may hold {all} MB together. Take one out first.",
    "take.save": "Save",
    "take.html": "Page of its own (HTML)",
    "take.csv": "Its numbers (CSV)",
    "report.lead": (
        "What you pinned on the other pages, in one file: figures that can still be zoomed, what you write about them, links back "
        "to the views, and the cards of their models. It opens without this dashboard and without a network."
    ),
    "report.none": "Nothing pinned yet",
    "report.none.help": (
        "Beneath every figure and table there is a **Pin**. It keeps the view for this report as you see it; here you put the views "
        "in order and write about them. Begin here:"
    ),
    "report.kept": "Pins are yours alone. They stay while this tab is open, and go when it is loaded anew.",
    "report.title": "Title of the report",
    "report.title.first": "What these models learned",
    "report.download": "Download the report",
    "report.size": "Views: {n} of {most}. At most {size} MB.",
    "report.cards": "Cards: {names}",
    "report.cards.gone": "No card is left of: {names}",
    "report.view.title": "Title of view {n}",
    "report.view.note": "What there is to see",
    "report.view.note.placeholder": "A sentence or two for the reader",
    "report.view.up": "Move up",
    "report.view.down": "Move down",
    "report.view.remove": "Take out",
    "report.view.look": "Look at it",
    "report.view.open": "Open again",
    "report.view.seen": "{page}, seen {time} UTC",
    "report.section.model": "Model",
    "report.section.data": "Data",
    "report.section.training": "Training",
    "report.section.numbers": "Numbers",
    "report.section.recipe": "Recipe",
}
