"""English: the Soft one-hot page."""

TEXTS: dict[str, str] = {
    "soft_one_hot.part": "Part of the page",
    "soft_one_hot.part.buckets": "Buckets",
    "soft_one_hot.part.two": "Two models",
    "soft_one_hot.part.what_if": "What if?",
    "soft_one_hot.part.proof": "Does it help?",
    "soft_one_hot.scalar": "Scalar",
    # The scalars of the logs that come with the package.
    "soft_one_hot.about.flights.next_hour": "The clock time at which the next departure is scheduled.",
    "soft_one_hot.about.flights.next_gap": "Hours until the aircraft's next scheduled departure from New York.",
    "soft_one_hot.about.flights.last_gap": "Hours since the aircraft last departed from New York.",
    "soft_one_hot.about.flights.departure_delay": "How late this flight left; negative is early.",
    "soft_one_hot.about.flights.arrival_delay": "How late this flight arrived; negative is early.",
    "soft_one_hot.about.flights.air_time": "How long this flight was in the air.",
    "soft_one_hot.about.flights.distance": "How far this flight went.",
    "soft_one_hot.about.synthetic.duration": "How long the event lasts. Only its true ranges tell what comes next.",
    "soft_one_hot.ahead": "Known ahead, of the event that is to be predicted.",
    "soft_one_hot.observed": "Known of each past event.",
    "soft_one_hot.half": "Half of the training values lie from {low} to {high}.",
    "soft_one_hot.share_missing": "{share} are missing.",
    "soft_one_hot.value": "Value of {name}",
    "soft_one_hot.number": "Exactly, in {unit}",
    "soft_one_hot.number.plain": "Exactly",
    "soft_one_hot.number.help": "Any number in the scalar's own unit; the slider follows. A missing value has a learned vector of its own.",
    "soft_one_hot.missing": "missing",
    "soft_one_hot.temperature": "Temperature T",
    "soft_one_hot.temperature.help": (
        "The model's own is {own}. Lower makes the buckets hard, higher makes them softer. The edges stay where they are."
    ),
    "soft_one_hot.outside": "No training value lies out there: what the model makes of this one, nobody taught it.",
    "soft_one_hot.formula.missing": "missing",
    "soft_one_hot.formula.missing.help": "A missing value passes no bucket: it has a learned vector of its own.",
    "soft_one_hot.bars.title": "{n} buckets in effect; {bucket} holds {share}",
    "soft_one_hot.bars.axis": "bucket",
    "soft_one_hot.bars.missing": "Missing: in no bucket",
    "soft_one_hot.bars.alt": "Bars: the weights of {buckets} buckets at {value}.",
    "soft_one_hot.area.alt": "Stacked area: the bucket weights over the range of {name}, above a histogram of the training data.",
    "soft_one_hot.data": "training data",
    "soft_one_hot.edges.true": "true",
    "soft_one_hot.edges.learned": "learned",
    "soft_one_hot.edges.quantile": "quantiles",
    "soft_one_hot.dead": "{n} of {n_buckets} buckets hold next to nothing, wherever the data lies: {buckets}.",
    "soft_one_hot.same": "{n} pairs of buckets do nearly the same: {pairs}.",
    "soft_one_hot.encoding.concat": "This model takes the scalar as **a plain number** beside the type: there are no buckets to show.",
    "soft_one_hot.encoding.mask": (
        "This model turns the scalar into **a mask** that dims the units of the type's vector: there are no buckets to show."
    ),
    "soft_one_hot.encoding.quantile": "This model cuts the scalar into **hard buckets** at the quantiles of the training data.",
    "soft_one_hot.encoding.ple": (
        "This model encodes the scalar **piece by piece linearly** between quantiles: each piece fills up before the next begins."
    ),
    "soft_one_hot.encoding.plr": "This model encodes the scalar by **sines and cosines** of learned frequencies: there are no buckets.",
    "soft_one_hot.encoding.autodis": "This model finds **soft buckets with a small network** (AutoDis), not by one projection.",
    "soft_one_hot.encoding.other": "This model takes the scalar by **{kind}**: there are no buckets to show.",
    "soft_one_hot.kind.soft_one_hot": "Soft buckets, learned",
    "soft_one_hot.kind.quantile": "Hard buckets at the quantiles",
    "soft_one_hot.kind.concat": "A plain number beside the type",
    "soft_one_hot.kind.mask": "A mask over the type's vector",
    "soft_one_hot.kind.ple": "Piecewise linear between quantiles",
    "soft_one_hot.kind.plr": "Sines and cosines of learned frequencies",
    "soft_one_hot.kind.autodis": "Soft buckets from a small network",
    "soft_one_hot.closer": "Look closer",
    "soft_one_hot.closer.truth": "True ranges",
    "soft_one_hot.closer.edges": "Hand-overs",
    "soft_one_hot.closer.heatmap": "Heat map",
    "soft_one_hot.closer.effective": "Effective buckets",
    "soft_one_hot.closer.path": "Vectors",
    "soft_one_hot.closer.similarity": "Alike values",
    "soft_one_hot.heatmap.alt": "Heat map: the weight of each bucket over the range of {name}.",
    "soft_one_hot.effective.axis": "effective buckets",
    "soft_one_hot.effective.help": (
        "The exponential of the entropy of the weights: 1 where one bucket holds the value alone, 2 where two share it evenly."
    ),
    "soft_one_hot.effective.alt": "Line: the effective number of buckets over the range of {name}.",
    "soft_one_hot.handovers": "{n} edges between buckets",
    "soft_one_hot.handovers.help": (
        "Exact, from where the lines p cross. The edge does not depend on the temperature, but how soft it is does."
    ),
    "soft_one_hot.handovers.at": "Edge",
    "soft_one_hot.handovers.buckets": "Buckets",
    "soft_one_hot.handovers.soft": "From 90:10 to 10:90",
    "soft_one_hot.handovers.level": "Data below",
    "soft_one_hot.usage": "What each bucket holds",
    "soft_one_hot.usage.help": (
        "Over the training data. Two buckets are alike by the cosine of their weights: at 1 they rise and fall together."
    ),
    "soft_one_hot.usage.bucket": "Bucket",
    "soft_one_hot.usage.where": "Heaviest",
    "soft_one_hot.usage.share": "Of the data",
    "soft_one_hot.usage.mean": "Mean weight",
    "soft_one_hot.usage.nearest": "Most alike",
    "soft_one_hot.usage.like": "{bucket} ({overlap})",
    "soft_one_hot.truth": (
        "This log is made up, so the truth is known: which types come next depends on the range the value lies in. The learned "
        "pieces each lie within one true range for **{purity}** of the data; as many pieces of even shares, for {quantile_purity}."
    ),
    "soft_one_hot.truth.alt": "The {n} true ranges of the scalar above the learned ones.",
    "soft_one_hot.path.help": (
        "The vector g as the value moves through the data, among the buckets' own vectors E. Smoothness: how alike the vectors "
        "of values are that lie 5 % of the data apart; 1 is the same, 0 as different as any two."
    ),
    "soft_one_hot.path.umap": "Draw it with UMAP as well",
    "soft_one_hot.path.umap.help": "Takes half a minute the first time.",
    "soft_one_hot.path.umap.running": "Laying out the vectors with UMAP …",
    "soft_one_hot.path.alt": "Map: the path of the vector of {name}. Smoothness {score}.",
    "soft_one_hot.similarity.help": (
        "Each value against each other: 1 where the model makes the same vector of both, 0 where they are as far apart as any."
    ),
    "soft_one_hot.similarity.alt": "Heat map: how alike the vectors of any two values of {name} are.",
    "soft_one_hot.two.none": "No other model has learned the log of {run} and reads its scalars. Train one, and compare them here.",
    "soft_one_hot.two.lead": "Two models of the same log: which values does each take for the same, and what path do its vectors take?",
    "soft_one_hot.what_if.lead": (
        "Take an event that happened, move one of its scalars, and see what the model would have expected next."
    ),
    "soft_one_hot.log.reading": "Reading the event log …",
    "soft_one_hot.log.gone": "The events this model was trained on cannot be read: {reason}",
    "soft_one_hot.sequence": "Sequence",
    "soft_one_hot.sequence.help": "One of the {n} sequences of the test split, which no model was trained on. Type to search its id.",
    "soft_one_hot.position": "Event, of {n}",
    "soft_one_hot.last": "This is the last event of the sequence: what came next is not known.",
    "soft_one_hot.timeline.alt": "Time line: {n} events of the sequence {sequence}, around event {position}.",
    "soft_one_hot.move": "Move {name} (it was {own})",
    "soft_one_hot.unmoved": "as it was",
    "soft_one_hot.next_types.alt": "Bars: the event types expected next. First {words}.",
    "soft_one_hot.sweep.alt": "Lines: the probability of the next event types as {name} moves through its range.",
    "soft_one_hot.many": "Over many sequences",
    "soft_one_hot.many.help": (
        "The same sweep at an event of each of 200 test sequences: their mean is the partial dependence, each line one sequence."
    ),
    "soft_one_hot.many.running": "Asking the model about 200 sequences …",
    "soft_one_hot.many.n": "{n} sequences of the test split, one event of each; the types whose mean moves most are offered.",
    "soft_one_hot.many.alt": "Lines: the probability of {word} as {name} moves, over many sequences.",
    "soft_one_hot.type": "Event type",
    "soft_one_hot.proof.lead": (
        "The same model of the log **{log}**, trained with each encoding of its scalars from {n_seeds} seeds and scored on the "
        "same test events."
    ),
    "soft_one_hot.proof.beats": "Soft one-hot beats {names}.",
    "soft_one_hot.proof.ties": "It makes no difference that can be told to {names}.",
    "soft_one_hot.proof.loses": "It loses to {names}.",
    "soft_one_hot.proof.title": "Of {n} other encodings, {n_worse} predict worse (right of the line) and {n_better} better",
    "soft_one_hot.proof.axis": "test loss, less that of soft one-hot (nats an event)",
    "soft_one_hot.proof.alt": "Points with 95 % intervals: the test loss of each encoding less that of the soft one-hot.",
    "soft_one_hot.proof.note": (
        "Differences are paired: the same events, the same seeds. Intervals are 95 % (Student's t), over test sequences and seeds; "
        "where one holds zero, the two cannot be told apart. All share one learning rate, the best of those tried for soft "
        "one-hot on validation data."
    ),
    "soft_one_hot.proof.interval": "{low} … {high}",
    "soft_one_hot.proof.column.encoding": "Encoding",
    "soft_one_hot.proof.column.loss": "Test loss",
    "soft_one_hot.proof.column.loss_spread": "± over seeds",
    "soft_one_hot.proof.column.difference": "Difference",
    "soft_one_hot.proof.column.interval": "95 % interval",
    "soft_one_hot.proof.column.gap_closed": "Gap closed",
    "soft_one_hot.proof.column.accuracy": "Accuracy",
    "soft_one_hot.proof.column.map_at_5": "MAP@5",
    "soft_one_hot.proof.column.mrr": "MRR",
}
