"""English: the Tied vs untied page: what tying does to the embedding matrices."""

TEXTS: dict[str, str] = {
    "tied.matrices.input": "{run}, input",
    "tied.matrices.output": "{run}, output",
    "tied.matrices.running": "Comparing the matrices …",
    "tied.matrices.without": "Without **{run}**: {reason}",
    # How tied did the untied one become?
    "tied.tiedness": "How tied did the untied ones become?",
    "tied.tiedness.none": "None of these models has an output matrix to hold against its input matrix.",
    "tied.tiedness.measure": "Measured by",
    "tied.tiedness.measure.help": (
        "Shared neighbours: of the 10 nearest words in either matrix, how many are in both. After rotation: the mean cosine of a word's "
        "two vectors, once one matrix is turned to fit the other. CKA: how alike the cosines of all pairs of words are. Angle of the "
        "spans: 1 for spans at right angles, 0 for the same one."
    ),
    "tied.tiedness.measure.knn_overlap": "Shared neighbours",
    "tied.tiedness.measure.procrustes_cosine": "After rotation",
    "tied.tiedness.measure.cka": "CKA",
    "tied.tiedness.measure.subspace_distance": "Angle of the spans",
    "tied.tiedness.of.knn_overlap": "shared neighbours",
    "tied.tiedness.of.procrustes_cosine": "cosine after rotation",
    "tied.tiedness.of.cka": "CKA",
    "tied.tiedness.of.subspace_distance": "distance of the spans",
    "tied.tiedness.axis.knn_overlap": "shared neighbours",
    "tied.tiedness.axis.procrustes_cosine": "mean cosine after rotation",
    "tied.tiedness.axis.cka": "CKA",
    "tied.tiedness.axis.subspace_distance": "distance of the spans",
    "tied.tiedness.epoch": "epoch",
    "tied.tiedness.chance": "by chance",
    "tied.tiedness.title.tied": "All {n} models here are tied: one matrix, which agrees with itself",
    "tied.tiedness.title.closer": (
        "Input and output of {run} drew closer in {n} epochs: {what} {first} before (by chance {chance_first}), {last} after "
        "({chance})"
    ),
    "tied.tiedness.title.apart": (
        "Input and output of {run} drew apart in {n} epochs: {what} {first} before (by chance {chance_first}), {last} after "
        "({chance})"
    ),
    "tied.tiedness.title.same": (
        "Input and output of {run} are no closer after {n} epochs than before: {what} {first} (by chance {chance_first}), then "
        "{last} ({chance})"
    ),
    "tied.tiedness.title.chance": (
        "After {n} epochs, input and output of {run} are no more alike than by chance: {what} {last} (by chance "
        "{chance})"
    ),
    "tied.tiedness.title.several": "Input and output after training, the most tied first, by {what}: {values}",
    "tied.tiedness.title.alike": "No untied model came closer to tied than the others, by {what}: {values}",
    "tied.tiedness.alt": "Lines: how alike the input and the output matrix of {runs} are after each epoch.",
    "tied.tiedness.no_snapshots": "{runs}: no snapshots of the training were kept, so there are no epochs to show.",
    "tied.tiedness.words": "By epoch: the {n} most frequent words, among each other.",
    "tied.tiedness.whole": "Over all {n} words of {run} at the end: {value} (by chance {chance}).",
    "tied.between.axis.knn_overlap": "neighbours shared with the tied matrix",
    "tied.between.axis.procrustes_cosine": "mean cosine with the tied matrix, after rotation",
    "tied.between.axis.cka": "CKA with the tied matrix",
    "tied.between.axis.subspace_distance": "distance from the span of the tied matrix",
    "tied.between.input": "the untied one's input matrix",
    "tied.between.output": "the untied one's output matrix",
    "tied.between.row": "{{tied}} and {{untied}}",
    "tied.between.title.output": (
        "The matrix of {tied} is more like the output matrix of {untied} ({what} {output}) than its input matrix "
        "({input})"
    ),
    "tied.between.title.input": (
        "The matrix of {tied} is more like the input matrix of {untied} ({what} {input}) than its output matrix "
        "({output})"
    ),
    "tied.between.title.same": (
        "The matrix of {tied} is as much like the input matrix of {untied} ({what} {input}) as its output matrix "
        "({output})"
    ),
    "tied.between.title.several": (
        "Of {n} pairs, the tied matrix is more like the untied output matrix in {n_output}, more like the input matrix in {n_input}"
    ),
    "tied.between.alt": (
        "Points: how much each tied matrix agrees with the input and with the output matrix of each untied model."
    ),
    # Singular values
    "tied.spectrum": "How much of the space does each matrix use?",
    "tied.spectrum.centred": "Take the mean vector off first",
    "tied.spectrum.centred.help": "What all words share is one direction, and it can hold most of the variance.",
    "tied.spectrum.title": (
        "{most} uses most directions, {rank} of {width} by effective rank; {fewest} fewest, {low} of {low_width}"
    ),
    "tied.spectrum.title.one": "{most} uses {rank} of {width} directions, by effective rank",
    "tied.spectrum.title.same": "All matrices use as many directions: {rank}, by effective rank",
    "tied.spectrum.axis": "largest directions (log scale)",
    "tied.spectrum.axis.share": "share of the variance",
    "tied.spectrum.alt": "Lines: the share of the variance that the largest directions of each matrix hold together.",
    "tied.spectrum.note": (
        "Effective rank: the exponential of the entropy of the singular values' shares; 1 where all words lie on one line, the width where "
        "all directions count alike. Over the words that occur."
    ),
    "tied.ranks.title": "Effective rank from before training to after: {values}",
    "tied.ranks.title.same": "Training leaves the effective rank as it is: {values}",
    "tied.ranks.change": "{name} {first} → {last}",
    "tied.ranks.axis": "effective rank",
    "tied.ranks.alt": "Lines: the effective rank of each matrix after each epoch, over the words of the snapshots.",
    "tied.cosine.axis": "mean cosine of two words",
    "tied.cosine.before": "as it is",
    "tied.cosine.after": "mean vector taken off",
    "tied.cosine.title": (
        "Two words have a mean cosine of {cosine} in {high} and {lowest} in {low}; with the mean vector taken off, {left} at most"
    ),
    "tied.cosine.title.same": (
        "Two words have the same mean cosine in all matrices, {cosine}; with the mean vector taken off, {left} at most"
    ),
    "tied.cosine.alt": (
        "Points: the mean cosine of two words in each matrix, before and after the mean vector is taken off."
    ),
    # Norms
    "tied.norms": "Are rare words shorter?",
    "tied.norms.points": "Words of",
    "tied.norms.points.help": "Each point is a word. The lines are the medians of all matrices.",
    "tied.norms.title": "Length against frequency, by rank correlation: {parts}",
    "tied.norms.title.rare": "rare words are longer in {values}",
    "tied.norms.title.frequent": "frequent words are longer in {values}",
    "tied.norms.title.none": "no trend in {values}",
    "tied.norms.axis.count": "occurrences in the training text (log scale)",
    "tied.norms.axis.norm": "length of the vector (log scale)",
    "tied.norms.alt": "Lines and points: the length of the words' vectors in each matrix against how often they occur.",
    # Words differently placed
    "tied.placed": "Which words does a model place differently?",
    "tied.placed.none": "One matrix alone has nothing to be held against.",
    "tied.placed.pair": "Matrices",
    "tied.placed.pair.help": (
        "One is turned to fit the other as closely as a rotation can; then the two vectors of each word are compared."
    ),
    "tied.placed.against": "{a} against {b}",
    "tied.placed.title": (
        "{a} against {b}: the median word has cosine {median} ({chance} by chance), and {share} of the words less "
        "than chance"
    ),
    "tied.placed.title.less": (
        "{a} against {b}: less alike than by chance, the median word has cosine {median} ({chance} by chance), {share} of the words less"
    ),
    "tied.placed.title.chance": (
        "{a} against {b}: no more alike than by chance, the median word has cosine {median} ({chance} by chance)"
    ),
    "tied.placed.axis": "cosine of a word's two vectors after rotation",
    "tied.placed.axis.words": "words",
    "tied.placed.chance": "by chance {{chance:.2f}}",
    "tied.placed.median": "median {{median:.2f}}",
    "tied.placed.alt": "Histogram: the cosine of each word's two vectors.",
    "tied.placed.order": "First",
    "tied.placed.order.different": "Most different",
    "tied.placed.order.alike": "Most alike",
    "tied.placed.fewest": "Words that occur at least so often",
    "tied.placed.column.word": "Word",
    "tied.placed.column.count": "Occurs",
    "tied.placed.column.cosine": "Cosine",
    "tied.placed.column.overlap": "Shared",
    "tied.placed.column.near": "Near in {name}",
    "tied.placed.shown": (
        "{shown} of the {n} words that occur {fewest} times or more. Shared: of a word's nearest, the share that is near in both."
    ),
    # Updates
    "tied.updates": "What does training reach?",
    "tied.updates.reach.title": (
        "A step of {n_tokens} words reads about {rows} of {n_words} rows ({share}); a word seen {count} times, one step in {steps}. "
        "Predicting moves every row"
    ),
    "tied.updates.reach.note": (
        "The share of steps is what words drawn at random would give. An input matrix of its own is moved by reading alone; a tied one by "
        "both."
    ),
    "tied.updates.reach.alt": (
        "Line: the share of the training steps that reach a word's row by reading it, against how often it occurs."
    ),
    "tied.updates.axis.count": "occurrences in the training text (log scale)",
    "tied.updates.axis.steps": "share of the steps (log scale)",
    "tied.updates.reading": "an input matrix of its own, as {{run}} reads",
    "tied.updates.reading.all": "an input matrix of its own",
    "tied.updates.predicting": "an output matrix, or a tied one",
    "tied.updates.count": "Count it in the text",
    "tied.updates.count.help": "Reads the training text, which takes some seconds the first time.",
    "tied.updates.counting": "Reading the training text …",
    "tied.updates.counted": (
        "Counted in {n} steps spread over an epoch: **{mean}** rows a step on average, from {least} to {most} (expected: {expected})."
    ),
    "tied.updates.through_input": "{{run}}, reading",
    "tied.updates.through_output": "{{run}}, predicting",
    "tied.updates.axis.tokens": "training tokens read (millions)",
    "tied.updates.axis.gradient": "length of the gradient (log scale)",
    "tied.updates.gradients.title.output": (
        "Predicting pulls harder on the embedding than reading, by the length of the gradients in the second half: {values}"
    ),
    "tied.updates.gradients.title.input": (
        "Reading pulls harder on the embedding than predicting: gradients of predicting over those of reading, second half: "
        "{values}"
    ),
    "tied.updates.gradients.title.same": (
        "Reading and predicting pull alike on the embedding: gradients of predicting over those of reading, second half: "
        "{values}"
    ),
    "tied.updates.gradients.title.mixed": (
        "Which pulls harder on the embedding differs: gradients of predicting over those of reading, second half: {values}"
    ),
    "tied.updates.gradients.alt": "Lines: the lengths of the gradients of reading and of predicting over the training.",
    "tied.updates.no_gradients": "{runs}: the lengths of the gradients were not recorded.",
    "tied.under_trained": "Which words were hardly trained?",
    "tied.under_trained.matrix": "Matrix",
    "tied.under_trained.rare": (
        "In {name}, {words} lie closest to the words that no text holds. The rarer a word, the closer to them "
        "(rank correlation of occurrences and distance {trend})."
    ),
    "tied.under_trained.frequent": (
        "In {name}, {words} lie closest to the words that no text holds. The more frequent a word, the closer to them "
        "(rank correlation of occurrences and distance {trend})."
    ),
    "tied.under_trained.none": (
        "In {name}, {words} lie closest to the words that no text holds. How often a word occurs says little of it "
        "(rank correlation of occurrences and distance {trend})."
    ),
    "tied.under_trained.column.word": "Word",
    "tied.under_trained.column.count": "Occurs",
    "tied.under_trained.column.distance": "Distance",
    "tied.under_trained.note": (
        "{shown} of {n} words. Distance: one less the cosine to the mean vector of the reserved words, which stand in no text and which "
        "training alone has moved to where unused words end up."
    ),
    "tied.under_trained.unmoved": (
        "Not in {names}: nothing ever pulled the rows of its reserved words, which point nowhere in common."
    ),
    # The paper's check
    "tied.subspace": "The paper's own check",
    "tied.subspace.lead": (
        "Does the augmented loss alone drive the output embedding into the span of the input embedding? A small LSTM, the two losses "
        "mixed: β of the augmented loss, 1 − β of the ordinary one."
    ),
    "tied.subspace.text": "Text",
    "tied.subspace.title.falls": (
        "At temperature {tau} the distance of the spans falls from {first} at β = {low} to {last} at β = {high} (random spans: {random})"
    ),
    "tied.subspace.title.rises": (
        "At temperature {tau} the distance of the spans rises from {first} at β = {low} to {last} at β = {high} (random spans: {random})"
    ),
    "tied.subspace.title.same": (
        "At temperature {tau} the distance of the spans is the same at β = {low} ({first}) as at β = {high} ({last}; random spans: "
        "{random})"
    ),
    "tied.subspace.axis.beta": "share of the augmented loss (β)",
    "tied.subspace.axis.distance": "distance of the two spans",
    "tied.subspace.tau": "temperature {{tau:g}}",
    "tied.subspace.random": "random spans: {{distance:.2f}}",
    "tied.subspace.alt": (
        "Lines: the distance of the two spans against the share of the augmented loss, a line a temperature."
    ),
    "tied.subspace.note": (
        "{n_tokens} words, width {width}, {seeds} seeds. Distance: the root of the mean squared sine of the principal angles; 1 at right "
        "angles, 0 for the same span. After Inan, Khosravi & Socher 2016, section 5.1."
    ),
}
