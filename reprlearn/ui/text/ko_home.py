"""Korean: Home."""

TEXTS: dict[str, str] = {
    "home.title": "모델은 단어와 숫자에 대해 무엇을 배울까?",
    "home.lead": (
        "reprlearn은 같은 텍스트로 작은 언어 모델들을 학습시킵니다. 단어를 읽고 예측하는 데 행렬 하나를 함께 쓰는 "
        "모델, 곧 임베딩 가중치를 *공유하는(tied)* 모델과, 행렬 두 개를 따로 두는 모델입니다. 여기서는 각 모델이 배운 "
        "것을 차례로 살펴봅니다. 단어의 지도, 단어마다 가장 가까운 이웃, 그리고 다음에 올 것으로 예상하는 단어입니다. "
        "이벤트 모델은 지연 시간이나 시각 같은 숫자도 읽습니다. 그런 숫자를 어떤 버킷으로 나누어 배웠는지도 볼 수 "
        "있습니다."
    ),
    "home.gallery": "학습된 모델",
    "home.gallery.text": "언어 모델",
    "home.gallery.vectors": "단어 벡터",
    "home.gallery.contextual": "문맥 모델",
    "home.gallery.classifiers": "텍스트를 분류하도록 학습한 모델",
    "home.gallery.events": "로그 {log}의 이벤트 모델",
    "home.gallery.imported": "다른 곳에서 가져온 모델",
    "home.order": "모델의 순서",
    "home.order.quality": "좋은 순서",
    "home.order.size": "작은 순서",
    "home.order.name": "이름 순서",
    "home.card.open": "열기",
    "home.card.quality": "{kind} {label} **{value}**",
    "home.card.size": "파라미터 **{n}** · {corpus}",
    "home.card.perplexity": "테스트 퍼플렉서티",
    "home.card.perplexity.help": (
        "모델이 본 적 없는 텍스트에서, 평균적으로 몇 개의 단어를 놓고 망설이는지를 나타냅니다. 낮을수록 좋습니다. "
        "말뭉치와 어휘가 같은 모델끼리만 비교할 수 있습니다."
    ),
    "home.card.perplexity.help.events": (
        "모델이 본 적 없는 시퀀스에서, 평균적으로 몇 개의 이벤트 유형을 놓고 망설이는지를 나타냅니다. 낮을수록 "
        "좋습니다. 같은 로그의 모델끼리만 비교할 수 있습니다."
    ),
    "home.card.blanks": "맞힌 빈칸",
    "home.card.blanks.help": (
        "모델이 본 적 없는 텍스트에서 가린 단어 가운데 맞히는 비율입니다. 양옆 단어의 빈도만으로는 {counts}입니다. "
        "단어를 하나씩 가리고 잰 의사 퍼플렉서티는 {pseudo}이며, 퍼플렉서티가 아니므로 서로 비교할 수 없습니다."
    ),
    "home.card.valid_blanks": "검증: 빈칸의 {accuracy}, 의사 퍼플렉서티 {pseudo}",
    "home.card.wordsim": "WordSim-353",
    "home.card.wordsim.help": (
        "벡터의 코사인이 같은 단어 쌍에 대한 사람들의 판단과 얼마나 일치하는지를 나타냅니다. 스피어만 상관계수이며, "
        "두 순서가 같으면 1입니다."
    ),
    "home.card.also_similar": "SimLex-999 {simlex}, 유추 {analogies}",
    "home.card.valid": "검증 퍼플렉서티 {perplexity}",
    "home.card.parameters": "파라미터",
    "home.card.parameters.help": "학습으로 정해지는 수의 개수입니다. 공유 행렬은 한 번만 셉니다.",
    "home.card.model": "{architecture}, 너비 {width}, 어휘 {n_words}단어",
    "home.card.model.events": "{architecture}, 너비 {width}, 이벤트 유형 {n_types}개",
    "home.card.words": "단어",
    "home.card.words.help": "행렬의 행입니다. 단어이거나, 단어를 조각으로 나누는 모델이라면 토큰입니다.",
    "home.card.imported": "{architecture}, 너비 {width}",
    "home.card.test_accuracy": "테스트 정확도",
    "home.card.test_accuracy.help": (
        "모델이 본 적 없는 텍스트 가운데 맞히는 비율입니다. 텍스트는 레이블마다 절반씩입니다."
    ),
    "home.card.valid_accuracy": "검증 정확도 {accuracy}",
    "home.card.accuracy": "정확도 {accuracy}; 가장 흔한 유형만 답하면 {majority}",
    "home.card.log": "로그 **{log}**, 시퀀스 {sequences}개의 학습 이벤트 {events}개",
    "home.card.corpus": "말뭉치 **{corpus}**, 학습 토큰 {tokens}개",
    "home.card.training": "{day} 학습, {duration}, {epochs} 에폭",
    "home.broken": "열 수 없음",
    "home.broken.help": "다른 모델에는 영향이 없습니다. 이 폴더를 고치거나 지운 뒤 페이지를 새로 고치세요.",
    "home.unreachable": "연결되지 않음",
    "home.unreachable.help": (
        "그곳에 있는 모델은 다시 연결될 때까지 여기에 나오지 않을 수 있습니다. 다른 모델에는 영향이 없으며, 이 페이지를 "
        "열 때마다 다시 확인합니다."
    ),
    "home.unfinished": "미완료",
    "home.unfinished.help": (
        "지금 학습 중이거나, 멈춘 상태입니다. 멈춘 학습은 `python -m reprlearn train … --resume` 명령으로 이어집니다. "
        "페이지를 새로 고치면 끝났는지 알 수 있습니다."
    ),
    "home.compare": "두 모델의 항목별 비교",
    "home.compare.a": "첫째 모델",
    "home.compare.b": "둘째 모델",
    "home.compare.field": "항목",
    "home.compare.differ": "**다른 항목 {n_different}개**, 같은 항목 {n_same}개.",
    "home.compare.equal": "다른 항목이 없습니다. 두 카드가 같습니다.",
    "home.compare.same": "같은 항목",
    "home.compare.one": "모델을 하나 더 학습시키면 여기서 둘을 비교할 수 있습니다.",
}
