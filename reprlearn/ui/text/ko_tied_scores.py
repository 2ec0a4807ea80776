"""Korean: the Tied vs untied page: the table of twins, curves, frequency bands, calibration, neighbours of the right word."""

TEXTS: dict[str, str] = {
    "twins.smaller": "파라미터가 {share} 적고",
    "twins.larger": "파라미터가 {share} 많고",
    "twins.equal": "파라미터 수가 같고",
    "twins.better": "테스트 퍼플렉서티가 {share} 낮다",
    "twins.worse": "테스트 퍼플렉서티가 {share} 높다",
    "twins.same": "테스트 퍼플렉서티는 같다",
    "twins.unknown": "테스트 퍼플렉서티는 비교할 수 없다",
    "twins.title": "{run}: {reference}보다 {size}, {perplexity}",
    "twins.title.equal": "{run}: {reference}와(과) {size}, {perplexity}",
    "twins.column.run": "모델",
    "twins.column.kind": "종류",
    "twins.column.parameters": "파라미터",
    "twins.column.bytes": "크기",
    "twins.column.tokens_per_second": "토큰/초",
    "twins.column.epochs": "에폭",
    "twins.column.valid_perplexity": "검증 퍼플렉서티",
    "twins.column.test_perplexity": "테스트 퍼플렉서티",
    "twins.kind": "{architecture}, {tied}",
    "twins.kind.augmented": "{architecture}, {tied}, AL",
    "twins.cell": "{value} ({change})",
    "twins.megabytes": "{n} MB",
    "twins.interval": "검증 텍스트에서 토큰별로: {runs}.",
    "twins.interval.run": "**{run}** 퍼플렉서티 {change} ({reference} 대비, 95 % 신뢰구간 {low}에서 {high}까지)",
    "twins.interval.none": (
        "**{run}** {reference}와(과) 우열을 가릴 수 없음 ({change}, 95 % 신뢰구간 {low}에서 {high}까지)"
    ),
    "twins.note": (
        "괄호 안은 {reference} 대비 차이입니다. 토큰/초는 컴퓨터와, 그때 그 컴퓨터가 하던 다른 일에 따라 달라집니다."
    ),
    "curves.ahead": "{best}: 검증 퍼플렉서티 {value}에서 끝나 {other}({other_value})보다 {share} 낮다",
    "curves.level": "{best}, {other}: 검증 퍼플렉서티 {value}에서 똑같이 끝난다",
    "curves.many": "가장 좋은 검증 퍼플렉서티: {runs}",
    "curves.many.run": "{run} {value}",
    "curves.none": "아직 검증이 없음",
    "curves.alt": "선: 학습과 검증 퍼플렉서티. 가로축: {against}. {title}.",
    "curves.against": "가로축",
    "curves.against.tokens": "토큰",
    "curves.against.minutes": "시간(분)",
    "curves.against.operations": "연산",
    "curves.axis.tokens": "읽은 학습 토큰 (백만)",
    "curves.axis.minutes": "학습 시간 (분)",
    "curves.axis.operations": "행렬 곱의 연산 수 (10¹⁵)",
    "curves.minutes.note": (
        "시간은 컴퓨터와, 그때 그 컴퓨터가 하던 다른 일에 따라 달라집니다. 컴퓨터의 이름은 카드에 있습니다."
    ),
    "curves.axis.perplexity": "퍼플렉서티 (로그 눈금)",
    "curves.validation": "검증",
    "curves.training": "학습",
    "curves.missing": "{run} 모델에는 보여 줄 학습 곡선이 없습니다.",
    "scores.missing": (
        "**{run}** 모델은 이 페이지에 필요한 검증 텍스트 채점을 아직 하지 않았습니다. 처음 한 번, 1–2분 걸립니다."
    ),
    "scores.make": "{run} 채점하기",
    "scores.making": "{run} 모델로 검증 텍스트를 읽는 중 …",
    "scores.failed": "{run} 모델을 채점할 수 없습니다: {reason}",
    "scores.unscored": "{run} 모델은 아직 채점하지 않아 여기에 나오지 않습니다.",
    "scores.other_text": (
        "{run} 모델은 다른 단어를 배웠거나 다른 텍스트로 배워 토큰이 {reference} 모델과 다르므로 여기에 나오지 "
        "않습니다."
    ),
    "bands.label.first": "{high}회 미만",
    "bands.label": "{low}–{high}회",
    "bands.label.last": "{low}회 이상",
    "bands.label.unknown": "<unk>",
    "bands.title.one.less": (
        "{run}: 가장 드문 단어(학습 텍스트에 {band})를 {reference}보다 잘 예측한다: 퍼플렉서티 {change} ({low}에서 "
        "{high}까지)"
    ),
    "bands.title.one.more": (
        "{run}: 가장 드문 단어(학습 텍스트에 {band})를 {reference}보다 못 예측한다: 퍼플렉서티 {change} ({low}에서 "
        "{high}까지)"
    ),
    "bands.title.one.none": (
        "{run}: 가장 드문 단어(학습 텍스트에 {band})에서 {reference}와(과) 우열을 가릴 수 없다: 퍼플렉서티 {change} "
        "({low}에서 {high}까지)"
    ),
    "bands.title.less": "{reference}보다 낫다: {runs}",
    "bands.title.more": "{reference}보다 못하다: {runs}",
    "bands.title.none": "{reference}와(과) 우열을 가릴 수 없다: {runs}",
    "bands.title.many": "가장 드문 단어(학습 텍스트에 {band})의 퍼플렉서티, {verdicts}",
    "bands.title.run": "{run} ({change})",
    "bands.axis.band": "정답 단어가 학습 텍스트에 나오는 횟수",
    "bands.axis.change": "퍼플렉서티의 변화",
    "bands.alt": "점과 95 % 신뢰구간: 정답 단어의 학습 빈도에 따른 퍼플렉서티의 변화. {title}.",
    "bands.table": "빈도대별 퍼플렉서티",
    "bands.column.band": "학습 텍스트에",
    "bands.column.n_words": "단어",
    "bands.column.n_tokens": "채점한 토큰",
    "bands.note": (
        "검증 텍스트의 토큰 {n}개를 한 번씩 채점했습니다. 차이는 토큰끼리 짝지어 구하고, 구간은 500단어씩 자른 토막에 "
        "대한 95 % 신뢰구간(스튜던트 t)입니다. 이 텍스트에 대해 얼마나 확실한지를 말할 뿐, 다시 학습하면 "
        "어떻게 될지는 말하지 않습니다."
    ),
    "calibration.better": "자기 확신의 정도를 가장 잘 아는 모델: {best}. 다음보다 낫다: {others}",
    "calibration.better.several": "자기 확신의 정도를 가장 잘 아는 모델들: {best}. 다음보다 낫다: {others}",
    "calibration.level": "자기 확신의 정도를 어느 모델이 더 잘 아는지 가릴 수 없다: {runs}",
    "calibration.run": "{run} (오차 {error})",
    "calibration.one": "{run}: 첫째 추측에 대한 확신이 {error} 빗나간다",
    "calibration.axis.confidence": "모델이 첫째 추측에 주는 확률",
    "calibration.axis.gap": "맞는 비율에서 그 확률을 뺀 값",
    "calibration.above": "확신이 모자람",
    "calibration.below": "확신이 지나침",
    "calibration.alt": "선: 첫째 추측이 맞는 비율에서 그것에 준 확률을 뺀 값. {title}.",
    "calibration.note": (
        "“오차”는 기대 보정 오차(expected calibration error)입니다. 첫째 추측에 대한 확신과 그것이 맞는 비율의 차이를 "
        "열 구간에서 평균한 값입니다. {said} 추측이 50개가 안 되는 구간은 그리지 않습니다."
    ),
    "calibration.said": "{run}: {accuracy} 맞고 {confidence} 확신합니다.",
    "neighbours.title.one.more": (
        "{run}: 정답 단어의 이웃에 {reference}보다 많은 확률을 준다: 전형적인 토큰에서 {factor}배 ({low}에서 "
        "{high}까지)"
    ),
    "neighbours.title.one.less": (
        "{run}: 정답 단어의 이웃에 {reference}보다 적은 확률을 준다: 전형적인 토큰에서 {factor}배 ({low}에서 "
        "{high}까지)"
    ),
    "neighbours.title.one.none": (
        "{run}: 정답 단어의 이웃에 {reference}보다 많이 주는지 적게 주는지 가릴 수 없다: {factor}배 ({low}에서 "
        "{high}까지)"
    ),
    "neighbours.title.many": "전형적인 토큰에서 정답 단어의 이웃에 주는 확률: {verdicts}",
    "neighbours.title.more": "{reference}보다 많다: {runs}",
    "neighbours.title.less": "{reference}보다 적다: {runs}",
    "neighbours.title.none": "{reference}와(과) 차이를 가릴 수 없다: {runs}",
    "neighbours.title.run": "{run} ({factor}배)",
    "neighbours.title.alone": "{run}: 정답 단어의 이웃에, 그 빈도에 따른 몫의 {lift}배를 준다",
    "neighbours.axis.band": "정답 단어가 학습 텍스트에 나오는 횟수",
    "neighbours.axis.lift": "빈도에 따른 몫의 배수",
    "neighbours.one": "빈도만으로",
    "neighbours.alt": "점과 95 % 신뢰구간: 정답 단어의 학습 빈도에 따라 그 이웃이 받는 확률. {title}.",
    "neighbours.ranks": "모델의 목록에서 이웃들의 순위: {runs}.",
    "neighbours.ranks.higher": "{run} 더 높음 (순위가 {reference}의 {factor}배, {low}에서 {high}까지)",
    "neighbours.ranks.lower": "{run} 더 낮음 (순위가 {reference}의 {factor}배, {low}에서 {high}까지)",
    "neighbours.ranks.same": "{run} {reference}와(과) 차이를 가릴 수 없음 ({low}에서 {high}까지)",
    "neighbours.means": "소수의 토큰이 좌우하는 단순 평균으로는: {runs}.",
    "neighbours.means.more": "{run} {reference}보다 많이 줌 ({change} 퍼센트포인트, {low}에서 {high}까지)",
    "neighbours.means.less": "{run} {reference}보다 적게 줌 ({change} 퍼센트포인트, {low}에서 {high}까지)",
    "neighbours.means.none": (
        "{run} {reference}와(과) 차이를 가릴 수 없음 ({change} 퍼센트포인트, {low}에서 {high}까지)"
    ),
    "neighbours.note": (
        "이웃은 학습 텍스트에서 비슷한 자리에 나오는 단어 열 개로(PPMI와 절단 SVD), 이 모델들 가운데 어느 것도 만들지 "
        "않았습니다. 배수는 토큰 {n}개의 기하평균이며, 토큰끼리 짝지어 구하고, 구간은 500단어씩 자른 토막에 대한 95 % "
        "신뢰구간입니다."
    ),
    "neighbours.column.run": "모델",
    "neighbours.column.probability": "이웃에 준 확률",
    "neighbours.column.unigram": "텍스트에서 이웃의 비율",
    "neighbours.column.ratio": "둘의 비",
    "neighbours.column.lift": "전형적인 토큰",
    "neighbours.column.median_rank": "이웃의 순위 중앙값",
    "neighbours.word": "정답 단어 하나",
    "neighbours.word.help": "검증 텍스트의 단어 하나와, 그것이 정답일 때 모델들이 그 이웃에 주는 확률입니다.",
    "neighbours.word.near": "정답 단어 **{word}**, 이웃: {words}. 정답인 곳은 {n}군데입니다.",
    "neighbours.word.once": "정답 단어 **{word}**, 이웃: {words}. 정답인 곳은 한 군데입니다.",
    "neighbours.word.column.own": "단어에 준 확률",
    "neighbours.word.column.near": "이웃에 준 확률",
    "neighbours.word.column.rank": "이웃의 순위 중앙값",
}
