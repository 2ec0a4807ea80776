"""Korean: the Tied vs untied page: what tying does to the embedding matrices."""

TEXTS: dict[str, str] = {
    "tied.matrices.input": "{run}, 입력",
    "tied.matrices.output": "{run}, 출력",
    "tied.matrices.running": "행렬을 비교하는 중 …",
    "tied.matrices.without": "**{run}** 제외: {reason}",
    # How tied did the untied one become?
    "tied.tiedness": "비공유 모델의 두 행렬은 얼마나 닮아 갔을까?",
    "tied.tiedness.none": "이 가운데 입력 행렬과 견줄 출력 행렬이 있는 모델이 없습니다.",
    "tied.tiedness.measure": "측도",
    "tied.tiedness.measure.help": (
        "공통 이웃: 두 행렬에서 가장 가까운 10개 단어 가운데 양쪽에 모두 있는 비율. 회전 후 코사인: 한 행렬을 다른 "
        "행렬에 맞게 돌린 뒤, 한 단어의 두 벡터 사이 코사인 유사도의 평균. CKA: 모든 단어 쌍의 코사인 유사도가 두 "
        "행렬에서 얼마나 비슷한지. 부분공간의 각도: 두 행렬이 생성하는 부분공간이 직교하면 1, 같으면 0."
    ),
    "tied.tiedness.measure.knn_overlap": "공통 이웃",
    "tied.tiedness.measure.procrustes_cosine": "회전 후 코사인",
    "tied.tiedness.measure.cka": "CKA",
    "tied.tiedness.measure.subspace_distance": "부분공간의 각도",
    "tied.tiedness.of.knn_overlap": "공통 이웃",
    "tied.tiedness.of.procrustes_cosine": "회전 후 코사인",
    "tied.tiedness.of.cka": "CKA",
    "tied.tiedness.of.subspace_distance": "부분공간 거리",
    "tied.tiedness.axis.knn_overlap": "공통 이웃",
    "tied.tiedness.axis.procrustes_cosine": "회전 후 평균 코사인",
    "tied.tiedness.axis.cka": "CKA",
    "tied.tiedness.axis.subspace_distance": "부분공간 거리",
    "tied.tiedness.epoch": "에폭",
    "tied.tiedness.chance": "우연",
    "tied.tiedness.title.tied": "여기의 모델 {n}개는 모두 공유 모델이다: 행렬이 하나이니 자기 자신과 일치한다",
    "tied.tiedness.title.closer": (
        "{run}: {n} 에폭 동안 입력과 출력이 가까워졌다: {what} {first}(우연 {chance_first})에서 {last}(우연 {chance})"
    ),
    "tied.tiedness.title.apart": (
        "{run}: {n} 에폭 동안 입력과 출력이 멀어졌다: {what} {first}(우연 {chance_first})에서 {last}(우연 {chance})"
    ),
    "tied.tiedness.title.same": (
        "{run}: {n} 에폭이 지나도 입력과 출력이 더 가까워지지 않았다: {what} {first}(우연 {chance_first})에서 "
        "{last}(우연 {chance})"
    ),
    "tied.tiedness.title.chance": (
        "{run}: {n} 에폭 뒤에도 입력과 출력이 우연보다 더 닮지 않았다: {what} {last} (우연 {chance})"
    ),
    "tied.tiedness.title.several": "학습 뒤의 입력과 출력, 가장 닮은 것부터, {what}: {values}",
    "tied.tiedness.title.alike": "다른 모델보다 공유에 더 가까워진 비공유 모델은 없다, {what}: {values}",
    "tied.tiedness.alt": "선: 에폭마다 입력 행렬과 출력 행렬이 얼마나 닮았는지. 모델: {runs}.",
    "tied.tiedness.no_snapshots": "{runs}: 학습 스냅샷을 남기지 않아 에폭별로 보여 줄 수 없습니다.",
    "tied.tiedness.words": "에폭별 값: 가장 자주 나오는 단어 {n}개 사이에서.",
    "tied.tiedness.whole": "{run}, 학습이 끝난 뒤 전체 단어 {n}개에 대해: {value} (우연 {chance}).",
    "tied.between.axis.knn_overlap": "공유 행렬과의 공통 이웃",
    "tied.between.axis.procrustes_cosine": "공유 행렬과의 회전 후 평균 코사인",
    "tied.between.axis.cka": "공유 행렬과의 CKA",
    "tied.between.axis.subspace_distance": "공유 행렬의 부분공간과의 거리",
    "tied.between.input": "비공유 모델의 입력 행렬",
    "tied.between.output": "비공유 모델의 출력 행렬",
    "tied.between.row": "{{tied}}, {{untied}}",
    "tied.between.title.output": (
        "{tied}의 행렬은 {untied}의 입력 행렬({what} {input})보다 출력 행렬({output})을 더 닮았다"
    ),
    "tied.between.title.input": (
        "{tied}의 행렬은 {untied}의 출력 행렬({what} {output})보다 입력 행렬({input})을 더 닮았다"
    ),
    "tied.between.title.same": (
        "{tied}의 행렬은 {untied}의 입력 행렬({what} {input})과 출력 행렬({output})을 똑같이 닮았다"
    ),
    "tied.between.title.several": (
        "{n}쌍 가운데 공유 행렬이 비공유 출력 행렬을 더 닮은 것은 {n_output}쌍, 입력 행렬을 더 닮은 것은 "
        "{n_input}쌍이다"
    ),
    "tied.between.alt": "점: 각 공유 행렬이 각 비공유 모델의 입력 행렬, 출력 행렬과 얼마나 일치하는지.",
    # Singular values
    "tied.spectrum": "각 행렬은 공간을 얼마나 쓸까?",
    "tied.spectrum.centred": "평균 벡터를 먼저 빼기",
    "tied.spectrum.centred.help": "모든 단어에 공통된 것은 한 방향이며, 그것이 분산의 대부분을 차지할 수 있습니다.",
    "tied.spectrum.title": (
        "유효 랭크: 방향을 가장 많이 쓰는 것은 {most} ({width} 중 {rank}), 가장 적게 쓰는 것은 {fewest} ({low_width} "
        "중 {low})"
    ),
    "tied.spectrum.title.one": "{most}: 유효 랭크로 {width}개 방향 중 {rank}개를 쓴다",
    "tied.spectrum.title.same": "모든 행렬이 같은 수의 방향을 쓴다: 유효 랭크 {rank}",
    "tied.spectrum.axis": "가장 큰 방향의 수 (로그 눈금)",
    "tied.spectrum.axis.share": "분산의 비율",
    "tied.spectrum.alt": "선: 각 행렬의 가장 큰 방향들이 합쳐서 차지하는 분산의 비율.",
    "tied.spectrum.note": (
        "유효 랭크: 특잇값 비율의 엔트로피의 지수입니다. 모든 단어가 한 직선 위에 있으면 1, 모든 방향이 똑같이 "
        "중요하면 너비와 같습니다. 실제로 나오는 단어들에 대해 구합니다."
    ),
    "tied.ranks.title": "학습 전과 후의 유효 랭크: {values}",
    "tied.ranks.title.same": "학습해도 유효 랭크는 그대로다: {values}",
    "tied.ranks.change": "{name} {first} → {last}",
    "tied.ranks.axis": "유효 랭크",
    "tied.ranks.alt": "선: 에폭마다 각 행렬의 유효 랭크. 스냅샷에 있는 단어들에 대한 값.",
    "tied.cosine.axis": "두 단어의 평균 코사인 유사도",
    "tied.cosine.before": "있는 그대로",
    "tied.cosine.after": "평균 벡터를 뺀 뒤",
    "tied.cosine.title": (
        "두 단어의 평균 코사인 유사도: {high}에서 {cosine}, {low}에서 {lowest}; 평균 벡터를 빼면 최대 {left}"
    ),
    "tied.cosine.title.same": (
        "두 단어의 평균 코사인 유사도는 모든 행렬에서 {cosine}(으)로 같다; 평균 벡터를 빼면 최대 {left}"
    ),
    "tied.cosine.alt": "점: 각 행렬에서 두 단어의 평균 코사인 유사도, 평균 벡터를 빼기 전과 뺀 뒤.",
    # Norms
    "tied.norms": "드문 단어의 벡터가 더 짧을까?",
    "tied.norms.points": "단어를 그릴 행렬",
    "tied.norms.points.help": "점 하나가 단어 하나입니다. 선은 모든 행렬의 중앙값입니다.",
    "tied.norms.title": "빈도에 따른 길이, 순위 상관으로: {parts}",
    "tied.norms.title.rare": "드문 단어가 더 긴 것은 {values}",
    "tied.norms.title.frequent": "잦은 단어가 더 긴 것은 {values}",
    "tied.norms.title.none": "경향이 없는 것은 {values}",
    "tied.norms.axis.count": "학습 텍스트에 나온 횟수 (로그 눈금)",
    "tied.norms.axis.norm": "벡터의 길이 (로그 눈금)",
    "tied.norms.alt": "선과 점: 나온 횟수에 따른 각 행렬의 단어 벡터의 길이.",
    # Words differently placed
    "tied.placed": "모델이 자리를 다르게 둔 단어는 무엇일까?",
    "tied.placed.none": "행렬 하나만으로는 견줄 것이 없습니다.",
    "tied.placed.pair": "행렬",
    "tied.placed.pair.help": "한 행렬을 회전만으로 다른 행렬에 최대한 맞춘 뒤, 단어마다 두 벡터를 견줍니다.",
    "tied.placed.against": "{a} 대 {b}",
    "tied.placed.title": (
        "{a} 대 {b}: 중앙값 단어의 코사인 유사도 {median} (우연 {chance}), 단어의 {share}는 우연보다 낮다"
    ),
    "tied.placed.title.less": (
        "{a} 대 {b}: 우연보다도 덜 닮았다. 중앙값 단어의 코사인 유사도 {median} (우연 {chance}), 단어의 {share}는 "
        "우연보다 낮다"
    ),
    "tied.placed.title.chance": (
        "{a} 대 {b}: 우연보다 더 닮지 않았다. 중앙값 단어의 코사인 유사도 {median} (우연 {chance})"
    ),
    "tied.placed.axis": "회전 후 한 단어의 두 벡터 사이 코사인 유사도",
    "tied.placed.axis.words": "단어 수",
    "tied.placed.chance": "우연 {{chance:.2f}}",
    "tied.placed.median": "중앙값 {{median:.2f}}",
    "tied.placed.alt": "히스토그램: 단어마다 두 벡터 사이의 코사인 유사도.",
    "tied.placed.order": "먼저 볼 것",
    "tied.placed.order.different": "가장 다른 것",
    "tied.placed.order.alike": "가장 비슷한 것",
    "tied.placed.fewest": "최소 출현 횟수",
    "tied.placed.column.word": "단어",
    "tied.placed.column.count": "횟수",
    "tied.placed.column.cosine": "코사인",
    "tied.placed.column.overlap": "공통",
    "tied.placed.column.near": "{name}의 이웃",
    "tied.placed.shown": (
        "{fewest}번 이상 나오는 단어 {n}개 중 {shown}개. 공통: 한 단어의 최근접 이웃 가운데 양쪽 모두에서 가까운 비율."
    ),
    # Updates
    "tied.updates": "학습은 어디까지 닿을까?",
    "tied.updates.reach.title": (
        "{n_tokens}단어 스텝은 {n_words}행 중 {rows}행쯤({share})을 읽고, {count}번 나오는 단어는 {steps}스텝에 한 번 "
        "읽는다. 예측은 모든 행을 움직인다"
    ),
    "tied.updates.reach.note": (
        "스텝의 비율은 단어를 무작위로 뽑을 때의 값입니다. 따로 둔 입력 행렬은 읽기로만 움직이고, 공유 행렬은 읽기와 "
        "예측 모두로 움직입니다."
    ),
    "tied.updates.reach.alt": "선: 나온 횟수에 따라, 한 단어의 행을 읽어서 닿는 학습 스텝의 비율.",
    "tied.updates.axis.count": "학습 텍스트에 나온 횟수 (로그 눈금)",
    "tied.updates.axis.steps": "스텝의 비율 (로그 눈금)",
    "tied.updates.reading": "따로 둔 입력 행렬, {{run}}의 읽기",
    "tied.updates.reading.all": "따로 둔 입력 행렬",
    "tied.updates.predicting": "출력 행렬, 또는 공유 행렬",
    "tied.updates.count": "텍스트에서 세어 보기",
    "tied.updates.count.help": "학습 텍스트를 읽습니다. 처음에는 몇 초 걸립니다.",
    "tied.updates.counting": "학습 텍스트를 읽는 중 …",
    "tied.updates.counted": (
        "한 에폭에 고루 퍼진 {n}개 스텝에서 세었습니다. 스텝당 평균 **{mean}** 행, {least}에서 {most}까지 (기댓값 "
        "{expected})."
    ),
    "tied.updates.through_input": "{{run}}, 읽기",
    "tied.updates.through_output": "{{run}}, 예측",
    "tied.updates.axis.tokens": "읽은 학습 토큰 (백만)",
    "tied.updates.axis.gradient": "그래디언트의 길이 (로그 눈금)",
    "tied.updates.gradients.title.output": (
        "임베딩을 당기는 힘은 읽기보다 예측이 더 세다. 후반의 그래디언트 길이의 비: {values}"
    ),
    "tied.updates.gradients.title.input": (
        "임베딩을 당기는 힘은 예측보다 읽기가 더 세다. 후반의 그래디언트 길이, 예측 나누기 읽기: {values}"
    ),
    "tied.updates.gradients.title.same": (
        "읽기와 예측이 임베딩을 비슷한 힘으로 당긴다. 후반의 그래디언트 길이, 예측 나누기 읽기: {values}"
    ),
    "tied.updates.gradients.title.mixed": (
        "어느 쪽이 임베딩을 더 세게 당기는지는 모델마다 다르다. 후반의 그래디언트 길이, 예측 나누기 읽기: {values}"
    ),
    "tied.updates.gradients.alt": "선: 학습 동안 읽기와 예측의 그래디언트 길이.",
    "tied.updates.no_gradients": "{runs}: 그래디언트의 길이를 기록하지 않았습니다.",
    "tied.under_trained": "거의 학습되지 않은 단어는 무엇일까?",
    "tied.under_trained.matrix": "행렬",
    "tied.under_trained.rare": (
        "{name}: 어느 텍스트에도 없는 예약 단어와 가장 가까운 단어는 {words} 등입니다. 드문 단어일수록 예약 단어와 "
        "가깝습니다 (나온 횟수와 거리의 순위 상관 {trend})."
    ),
    "tied.under_trained.frequent": (
        "{name}: 어느 텍스트에도 없는 예약 단어와 가장 가까운 단어는 {words} 등입니다. 잦은 단어일수록 예약 단어와 "
        "가깝습니다 (나온 횟수와 거리의 순위 상관 {trend})."
    ),
    "tied.under_trained.none": (
        "{name}: 어느 텍스트에도 없는 예약 단어와 가장 가까운 단어는 {words} 등입니다. 얼마나 자주 나오는지와는 별 "
        "상관이 없습니다 (나온 횟수와 거리의 순위 상관 {trend})."
    ),
    "tied.under_trained.column.word": "단어",
    "tied.under_trained.column.count": "횟수",
    "tied.under_trained.column.distance": "거리",
    "tied.under_trained.note": (
        "단어 {n}개 중 {shown}개. 거리: 예약 단어들의 평균 벡터와의 코사인 유사도를 1에서 뺀 값. 예약 단어는 어느 "
        "텍스트에도 나오지 않아, 쓰이지 않는 단어가 가는 자리로 학습만으로 옮겨졌습니다."
    ),
    "tied.under_trained.unmoved": (
        "{names} 제외: 예약 단어의 행을 당긴 것이 없어, 그 행들이 공통으로 가리키는 방향이 없습니다."
    ),
    # The paper's check
    "tied.subspace": "논문 자신의 확인 실험",
    "tied.subspace.lead": (
        "증강 손실만으로 출력 임베딩이 입력 임베딩의 부분공간으로 옮겨 갈까요? 작은 LSTM에서 두 손실을 섞었습니다. "
        "증강 손실이 β, 일반 손실이 1 − β입니다."
    ),
    "tied.subspace.text": "텍스트",
    "tied.subspace.title.falls": (
        "온도 {tau}: 부분공간 거리가 β = {low}의 {first}에서 β = {high}의 {last}까지 줄어든다 (무작위 부분공간: "
        "{random})"
    ),
    "tied.subspace.title.rises": (
        "온도 {tau}: 부분공간 거리가 β = {low}의 {first}에서 β = {high}의 {last}까지 늘어난다 (무작위 부분공간: "
        "{random})"
    ),
    "tied.subspace.title.same": (
        "온도 {tau}: 부분공간 거리는 β = {low} ({first})과 β = {high} ({last})에서 같다 (무작위 부분공간: {random})"
    ),
    "tied.subspace.axis.beta": "증강 손실의 비중 (β)",
    "tied.subspace.axis.distance": "두 부분공간의 거리",
    "tied.subspace.tau": "온도 {{tau:g}}",
    "tied.subspace.random": "무작위 부분공간: {{distance:.2f}}",
    "tied.subspace.alt": "선: 증강 손실의 비중에 따른 두 부분공간의 거리. 온도마다 선 하나.",
    "tied.subspace.note": (
        "단어 {n_tokens}개, 너비 {width}, 시드 {seeds}개. 거리: 주각(principal angle)의 사인 제곱 평균의 제곱근. "
        "직교하면 1, 같은 부분공간이면 0. Inan, Khosravi & Socher 2016의 5.1절을 따랐습니다."
    ),
}
