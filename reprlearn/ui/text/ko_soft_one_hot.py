"""Korean: the Soft one-hot page."""

TEXTS: dict[str, str] = {
    "soft_one_hot.part": "페이지의 부분",
    "soft_one_hot.part.buckets": "버킷",
    "soft_one_hot.part.two": "두 모델",
    "soft_one_hot.part.what_if": "만약에?",
    "soft_one_hot.part.proof": "도움이 되는가?",
    "soft_one_hot.scalar": "스칼라",
    # The scalars of the logs that come with the package.
    "soft_one_hot.about.flights.next_hour": "다음 출발이 예정된 시각입니다.",
    "soft_one_hot.about.flights.next_gap": "이 항공기가 뉴욕에서 다음에 출발할 예정 시각까지의 시간입니다.",
    "soft_one_hot.about.flights.last_gap": "이 항공기가 뉴욕에서 마지막으로 출발한 뒤 지난 시간입니다.",
    "soft_one_hot.about.flights.departure_delay": (
        "이 항공편이 얼마나 늦게 출발했는지입니다. 음수이면 일찍 출발한 것입니다."
    ),
    "soft_one_hot.about.flights.arrival_delay": (
        "이 항공편이 얼마나 늦게 도착했는지입니다. 음수이면 일찍 도착한 것입니다."
    ),
    "soft_one_hot.about.flights.air_time": "이 항공편이 하늘에 떠 있던 시간입니다.",
    "soft_one_hot.about.flights.distance": "이 항공편이 날아간 거리입니다.",
    "soft_one_hot.about.synthetic.duration": (
        "이벤트의 지속 시간입니다. 다음에 무엇이 오는지는 참 구간만이 알려 줍니다."
    ),
    "soft_one_hot.ahead": "예측할 이벤트에 대해 미리 알 수 있는 값입니다.",
    "soft_one_hot.observed": "지나간 이벤트마다 알 수 있는 값입니다.",
    "soft_one_hot.half": "학습 값의 절반은 {low}에서 {high} 사이에 있습니다.",
    "soft_one_hot.share_missing": "{share}는 결측입니다.",
    "soft_one_hot.value": "{name}의 값",
    "soft_one_hot.number": "정확한 값 ({unit})",
    "soft_one_hot.number.plain": "정확한 값",
    "soft_one_hot.number.help": (
        "스칼라의 원래 단위로 어떤 수든 쓸 수 있고, 슬라이더가 따라옵니다. 결측값에는 학습된 벡터가 따로 있습니다."
    ),
    "soft_one_hot.missing": "결측",
    "soft_one_hot.temperature": "온도 T",
    "soft_one_hot.temperature.help": (
        "모델 자신의 온도는 {own}입니다. 낮추면 버킷이 단단해지고, 높이면 부드러워집니다. 경계의 자리는 그대로입니다."
    ),
    "soft_one_hot.outside": (
        "이 바깥에는 학습 값이 없습니다. 모델이 이 값을 어떻게 다루는지는 아무도 가르친 적이 없습니다."
    ),
    "soft_one_hot.formula.missing": "결측",
    "soft_one_hot.formula.missing.help": "결측값은 버킷을 거치지 않고, 학습된 벡터를 따로 가집니다.",
    "soft_one_hot.bars.title": "유효 버킷 {n}개; {bucket}번이 {share}를 차지한다",
    "soft_one_hot.bars.axis": "버킷",
    "soft_one_hot.bars.missing": "결측: 어느 버킷에도 들지 않는다",
    "soft_one_hot.bars.alt": "막대: 값 {value}에서 버킷 {buckets}개의 가중치.",
    "soft_one_hot.area.alt": "누적 영역: {name}의 범위에 걸친 버킷 가중치, 그 아래 학습 데이터의 히스토그램.",
    "soft_one_hot.data": "학습 데이터",
    "soft_one_hot.edges.true": "참",
    "soft_one_hot.edges.learned": "학습됨",
    "soft_one_hot.edges.quantile": "분위수",
    "soft_one_hot.dead": "버킷 {n_buckets}개 중 {n}개는 데이터가 어디에 있든 거의 아무것도 담지 않습니다: {buckets}.",
    "soft_one_hot.same": "버킷 {n}쌍이 거의 같은 일을 합니다: {pairs}.",
    "soft_one_hot.encoding.concat": "이 모델은 스칼라를 유형 옆에 **숫자 그대로** 받습니다. 보여 줄 버킷이 없습니다.",
    "soft_one_hot.encoding.mask": (
        "이 모델은 스칼라를, 유형 벡터의 성분들을 약하게 만드는 **마스크**로 바꿉니다. 보여 줄 버킷이 없습니다."
    ),
    "soft_one_hot.encoding.quantile": "이 모델은 스칼라를 학습 데이터의 분위수에서 **하드 버킷**으로 자릅니다.",
    "soft_one_hot.encoding.ple": (
        "이 모델은 스칼라를 분위수 사이에서 **조각별 선형**으로 나타냅니다. 한 조각이 다 차야 다음 조각이 시작됩니다."
    ),
    "soft_one_hot.encoding.plr": (
        "이 모델은 스칼라를 학습된 주파수의 **사인과 코사인**으로 나타냅니다. 버킷이 없습니다."
    ),
    "soft_one_hot.encoding.autodis": (
        "이 모델은 투영 하나가 아니라 **작은 신경망으로 소프트 버킷**을 정합니다 (AutoDis)."
    ),
    "soft_one_hot.encoding.other": "이 모델은 스칼라를 **{kind}** 방식으로 받습니다. 보여 줄 버킷이 없습니다.",
    "soft_one_hot.kind.soft_one_hot": "학습된 소프트 버킷",
    "soft_one_hot.kind.quantile": "분위수에서 자른 하드 버킷",
    "soft_one_hot.kind.concat": "유형 옆의 숫자 그대로",
    "soft_one_hot.kind.mask": "유형 벡터 위의 마스크",
    "soft_one_hot.kind.ple": "분위수 사이의 조각별 선형",
    "soft_one_hot.kind.plr": "학습된 주파수의 사인과 코사인",
    "soft_one_hot.kind.autodis": "작은 신경망의 소프트 버킷",
    "soft_one_hot.closer": "자세히 보기",
    "soft_one_hot.closer.truth": "참 구간",
    "soft_one_hot.closer.edges": "경계",
    "soft_one_hot.closer.heatmap": "히트맵",
    "soft_one_hot.closer.effective": "유효 버킷 수",
    "soft_one_hot.closer.path": "벡터",
    "soft_one_hot.closer.similarity": "비슷한 값",
    "soft_one_hot.heatmap.alt": "히트맵: {name}의 범위에 걸친 버킷별 가중치.",
    "soft_one_hot.effective.axis": "유효 버킷 수",
    "soft_one_hot.effective.help": (
        "가중치 엔트로피의 지수입니다. 한 버킷이 값을 혼자 가지면 1, 두 버킷이 고르게 나누어 가지면 2입니다."
    ),
    "soft_one_hot.effective.alt": "선: {name}의 범위에 걸친 유효 버킷 수.",
    "soft_one_hot.handovers": "버킷 사이의 경계 {n}개",
    "soft_one_hot.handovers.help": (
        "p 직선들이 만나는 곳에서 정확히 구합니다. 경계의 자리는 온도와 무관하지만, 얼마나 부드러운지는 온도에 "
        "달렸습니다."
    ),
    "soft_one_hot.handovers.at": "경계",
    "soft_one_hot.handovers.buckets": "버킷",
    "soft_one_hot.handovers.soft": "90:10–10:90 구간",
    "soft_one_hot.handovers.level": "아래 데이터",
    "soft_one_hot.usage": "버킷마다 담는 것",
    "soft_one_hot.usage.help": (
        "학습 데이터에 대한 값입니다. 두 버킷이 얼마나 비슷한지는 가중치의 코사인 유사도로 잽니다. 1이면 함께 "
        "오르내립니다."
    ),
    "soft_one_hot.usage.bucket": "버킷",
    "soft_one_hot.usage.where": "가장 무거운 곳",
    "soft_one_hot.usage.share": "데이터 비율",
    "soft_one_hot.usage.mean": "평균 가중치",
    "soft_one_hot.usage.nearest": "가장 비슷한 버킷",
    "soft_one_hot.usage.like": "{bucket} ({overlap})",
    "soft_one_hot.truth": (
        "이 로그는 만들어 낸 것이라 참값을 압니다. 다음에 오는 유형은 값이 놓인 구간에 달렸습니다. 학습된 조각이 참 "
        "구간 하나 안에 들어맞는 데이터는 **{purity}**, 같은 수의 조각을 같은 비율로 자르면 {quantile_purity}입니다."
    ),
    "soft_one_hot.truth.alt": "스칼라의 참 구간 {n}개와 그 아래의 학습된 구간.",
    "soft_one_hot.path.help": (
        "값이 데이터를 따라 움직일 때의 벡터 g의 경로를, 버킷 자신의 벡터 E 사이에 그린 것입니다. 매끄러움: 데이터의 "
        "5 %만큼 떨어진 두 값의 벡터가 얼마나 비슷한지이며, 같으면 1, 임의의 두 값만큼 다르면 0입니다."
    ),
    "soft_one_hot.path.umap": "UMAP으로도 그리기",
    "soft_one_hot.path.umap.help": "처음에는 30초쯤 걸립니다.",
    "soft_one_hot.path.umap.running": "UMAP으로 벡터를 배치하는 중 …",
    "soft_one_hot.path.alt": "지도: {name}의 벡터가 그리는 경로. 매끄러움 {score}.",
    "soft_one_hot.similarity.help": (
        "모든 값을 서로 견준 것입니다. 모델이 두 값에 같은 벡터를 만들면 1, 임의의 두 값만큼 멀면 0입니다."
    ),
    "soft_one_hot.similarity.alt": "히트맵: {name}의 임의의 두 값의 벡터가 얼마나 비슷한지.",
    "soft_one_hot.two.none": (
        "{run} 모델의 로그를 배우고 스칼라를 읽는 다른 모델이 없습니다. 하나 더 학습시키면 여기서 비교할 수 있습니다."
    ),
    "soft_one_hot.two.lead": (
        "같은 로그의 두 모델: 각 모델은 어떤 값들을 같은 것으로 여기고, 벡터는 어떤 경로를 그릴까요?"
    ),
    "soft_one_hot.what_if.lead": (
        "실제로 일어난 이벤트를 하나 골라 스칼라 하나를 움직이고, 모델이 다음에 무엇을 예상했을지 살펴보세요."
    ),
    "soft_one_hot.log.reading": "이벤트 로그를 읽는 중 …",
    "soft_one_hot.log.gone": "이 모델이 학습한 이벤트를 읽을 수 없습니다: {reason}",
    "soft_one_hot.sequence": "시퀀스",
    "soft_one_hot.sequence.help": (
        "어느 모델도 학습하지 않은 테스트 시퀀스 {n}개 중 하나입니다. 입력하면 id로 찾습니다."
    ),
    "soft_one_hot.position": "몇째 이벤트 (전체 {n})",
    "soft_one_hot.last": "시퀀스의 마지막 이벤트입니다. 다음에 무엇이 왔는지는 알 수 없습니다.",
    "soft_one_hot.timeline.alt": "시간선: 시퀀스 {sequence}의 이벤트 {n}개, {position}째 이벤트 둘레.",
    "soft_one_hot.move": "{name} 움직이기 (원래 {own})",
    "soft_one_hot.unmoved": "원래 값",
    "soft_one_hot.next_types.alt": "막대: 다음에 예상되는 이벤트 유형. 앞의 것: {words}.",
    "soft_one_hot.sweep.alt": "선: {name}의 값이 범위를 따라 움직일 때 다음 이벤트 유형들의 확률.",
    "soft_one_hot.many": "많은 시퀀스에서",
    "soft_one_hot.many.help": (
        "테스트 시퀀스 200개의 이벤트 하나씩에서 같은 일을 합니다. 평균이 부분 의존이고, 선 하나가 시퀀스 하나입니다."
    ),
    "soft_one_hot.many.running": "모델에 시퀀스 200개를 묻는 중 …",
    "soft_one_hot.many.n": "테스트 시퀀스 {n}개, 이벤트 하나씩. 평균이 가장 많이 움직이는 유형을 고를 수 있습니다.",
    "soft_one_hot.many.alt": "선: {name}의 값이 움직일 때 많은 시퀀스에서 {word}의 확률.",
    "soft_one_hot.type": "이벤트 유형",
    "soft_one_hot.proof.lead": (
        "로그 **{log}**: 같은 모델을, 스칼라의 인코딩마다 시드 {n_seeds}개로 학습시키고 같은 테스트 이벤트로 "
        "채점했습니다."
    ),
    "soft_one_hot.proof.beats": "소프트 원핫이 더 나은 상대: {names}.",
    "soft_one_hot.proof.ties": "차이를 가릴 수 없는 상대: {names}.",
    "soft_one_hot.proof.loses": "소프트 원핫이 더 못한 상대: {names}.",
    "soft_one_hot.proof.title": "다른 인코딩 {n}개 중 {n_worse}개는 더 못하고(선의 오른쪽) {n_better}개는 더 낫다",
    "soft_one_hot.proof.axis": "테스트 손실에서 소프트 원핫의 손실을 뺀 값 (이벤트당 nat)",
    "soft_one_hot.proof.alt": "점과 95 % 신뢰구간: 각 인코딩의 테스트 손실에서 소프트 원핫의 테스트 손실을 뺀 값.",
    "soft_one_hot.proof.note": (
        "차이는 같은 이벤트, 같은 시드끼리 짝지어 구합니다. 구간은 테스트 시퀀스와 시드에 대한 95 % "
        "신뢰구간(스튜던트 t)이며, 구간에 0이 들어 있으면 둘의 우열을 가릴 수 없습니다. 학습률은 모두 같으며, 검증 데이터에서 "
        "소프트 원핫에 시험해 본 것 가운데 가장 좋은 값입니다."
    ),
    "soft_one_hot.proof.interval": "{low} … {high}",
    "soft_one_hot.proof.column.encoding": "인코딩",
    "soft_one_hot.proof.column.loss": "테스트 손실",
    "soft_one_hot.proof.column.loss_spread": "시드별 ±",
    "soft_one_hot.proof.column.difference": "차이",
    "soft_one_hot.proof.column.interval": "95 % 신뢰구간",
    "soft_one_hot.proof.column.gap_closed": "메운 격차",
    "soft_one_hot.proof.column.accuracy": "정확도",
    "soft_one_hot.proof.column.map_at_5": "MAP@5",
    "soft_one_hot.proof.column.mrr": "MRR",
}
