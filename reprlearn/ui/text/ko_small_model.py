"""Korean: the Tied vs untied page: how good a small model becomes."""

TEXTS: dict[str, str] = {
    "small.none": (
        "이 학습의 결과가 아직 여기에 없습니다. `python -m reprlearn train ptb-small --data.folder DIR` 다음에 "
        "`python -m benchmarks.small_model` 명령을 실행하세요."
    ),
    "small.lead": (
        "위에서 고른 모델이 아니라 **{run}** 모델입니다. 파라미터는 {parameters}개이며, 이 분야에서 기준으로 삼는 "
        "Penn Treebank로 명령 하나로 학습시켰습니다. 그 텍스트는 이 프로젝트에 들어 있지 않으므로 모델도 들어 있지 "
        "않습니다."
    ),
    "small.against": "가로축",
    "small.title": "{run} (파라미터 {parameters}개): {minutes}분 만에 검증 퍼플렉서티 {value}에 이른다",
    "small.quality.sooner": (
        "PyTorch 예제의 언어 모델은 여기서 {n} 에폭을 학습해 {peer_minutes}분 만에 {peer_value}에 이릅니다. 이 모델의 "
        "짧은 학습(`ptb-quick`)은 {minutes}분, 곧 그 시간의 {share} 만에 거기에 이릅니다."
    ),
    "small.quality.never": (
        "PyTorch 예제의 언어 모델은 여기서 {n} 에폭을 학습해 {peer_minutes}분 만에 {peer_value}에 이릅니다. 이 모델의 "
        "짧은 학습(`ptb-quick`)은 {value}에서 끝나 거기에 이르지 못합니다."
    ),
    "small.peer": "PyTorch 예제",
    "small.published": "논문: {name} {value}",
    "small.alt": "선: 학습과 검증 퍼플렉서티. 가로축: {against}. {title}.",
    "small.note": (
        "학습한 컴퓨터: {machine}. 논문 값은 너비 200인 두 층의 검증 퍼플렉서티(Inan, Khosravi & Socher 2016)로, "
        "VD-LSTM은 출력 행렬이 따로 있고 REAL은 가중치를 공유하며 증강 손실을 씁니다. 동적 평가와 캐시는 쓰지 "
        "않았습니다."
    ),
    "small.ingredients": "재료마다 무엇을 더해 주는가",
    "small.ingredients.lead": "레시피를 학습 한 번에 {minutes}분으로 줄이고, 재료를 한 번에 하나씩 뺐습니다.",
    "small.ingredients.title": "빼면 가장 손해인 것은 {name}: 퍼플렉서티 {change}",
    "small.ingredients.title.nothing": "이렇게 짧은 학습에서는 빠져서 아쉬운 재료가 없다",
    "small.ingredients.axis": "전체 레시피보다 늘어난 손실, 단어당 nat (선의 오른쪽이면 도움이 되는 재료)",
    "small.ingredients.alt": "점과 95 % 신뢰구간: 재료를 하나씩 뺀 손실에서 전체 레시피의 손실을 뺀 값. {title}.",
    "small.ingredients.note": (
        "각각 한 번씩 학습했습니다. 구간은 95 % 신뢰구간이며, 전체 레시피를 {n}번 학습한 흩어짐에서 구했습니다. 긴 "
        "학습에서 텍스트를 통째로 외우지 못하게 막아 주는 것들은 짧은 학습에서는 손해가 됩니다."
    ),
    "small.ingredients.note.one": (
        "전체 레시피까지 각각 한 번씩 학습했으므로, 차이 가운데 얼마가 우연인지는 알 수 없습니다. 긴 학습에서 "
        "텍스트를 통째로 외우지 못하게 막아 주는 것들은 짧은 학습에서는 손해가 됩니다."
    ),
    "small.column.instead": "대신 쓴 것",
    "small.column.parameters": "파라미터",
    "small.column.minutes": "시간(분)",
    "small.column.perplexity": "검증 퍼플렉서티",
    "small.column.change": "전체와의 차이",
    "small.left_out.untied": "가중치 공유",
    "small.left_out.layers_2x200": "넓은 층 앞의 좁은 임베딩",
    "small.left_out.no_dropout": "유닛 드롭아웃",
    "small.left_out.no_recurrent_dropout": "순환 가중치 드롭아웃",
    "small.left_out.no_word_dropout": "단어 드롭아웃",
    "small.left_out.no_penalties": "은닉 상태 벌점",
    "small.left_out.no_augmented_loss": "증강 손실",
    "small.left_out.same_beginning": "에폭마다 새로운 시작점",
    "small.left_out.sgd": "Muon (대신 SGD)",
    "small.left_out.adamw": "Muon (대신 AdamW)",
    "small.left_out.momentum": "모멘텀 없는 임베딩",
    "small.left_out.batches_of_32": "배치 64",
    "small.left_out.constant_rate": "줄어드는 학습률",
    "small.left_out.fp32": "반정밀도",
    "small.instead.nothing": "전체 레시피",
    "small.instead.untied": "따로 둔 출력 행렬",
    "small.instead.layers_2x200": "너비 200인 두 층",
    "small.instead.no_dropout": "유닛 드롭아웃 없음",
    "small.instead.no_recurrent_dropout": "순환 가중치 드롭아웃 없음",
    "small.instead.no_word_dropout": "단어 드롭아웃 없음",
    "small.instead.no_penalties": "은닉 상태 벌점 없음",
    "small.instead.no_augmented_loss": "일반 손실만",
    "small.instead.same_beginning": "모든 에폭이 같은 곳에서 시작",
    "small.instead.sgd": "SGD, 학습률 20, 배치 20, 클리핑 0.25",
    "small.instead.adamw": "모두 AdamW, 학습률 0.003",
    "small.instead.momentum": "임베딩에 모멘텀 0.9",
    "small.instead.batches_of_32": "배치 32",
    "small.instead.constant_rate": "일정한 학습률",
    "small.instead.fp32": "단정밀도",
}
