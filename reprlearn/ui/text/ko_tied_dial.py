"""Korean: the augmented loss, as the dial of the Tied vs untied page and the candidates of the Next token page show it."""

TEXTS: dict[str, str] = {
    "loss.plain": "일반: −log p",
    "loss.augmented": "증강: α × 발산",
    "loss.axis": "손실 (nat)",
    "loss.alt": "막대: “{word}”의 손실 중 일반 부분과 증강 부분. 모델: {runs}.",
    "loss.title": "“{word}”의 손실은 {least}에서 가장 작고({low} nat) {most}에서 가장 크다({high} nat)",
    "loss.title.one": "“{word}”의 손실은 {least}에서 {low} nat이다",
    "loss.title.same": "“{word}”의 손실은 모든 모델에서 {low} nat으로 같다",
    "dial.heading": "증강 손실 다이얼",
    "dial.lead": (
        "일반 손실은 정답 단어 하나만 요구하고 나머지는 모두 똑같이 틀린 것으로 봅니다. 증강 손실은 여기에 둘째 타깃, "
        "곧 입력 임베딩에서 정답과 가까운 단어들도 몫을 가지는 소프트 타깃을 더합니다. 온도와 가중치를 돌려 두 타깃을 "
        "살펴보세요."
    ),
    "dial.context": "앞의 단어들",
    # The models know English: what they are asked is theirs.
    "dial.context.first": "I thought this film would be boring, but it was",
    "dial.word": "정답 단어",
    "dial.word.first": "wonderful",
    "dial.word.help": "입력하면 모델이 아는 단어를 찾습니다.",
    "dial.run": "임베딩의 모델",
    "dial.run.help": "소프트 타깃을 만들 입력 임베딩의 모델입니다.",
    "dial.temperature": "온도 τ",
    "dial.temperature.help": (
        "소프트맥스 전에 모든 점수를 이 값으로 나눕니다. 높으면 많은 단어가 타깃을 나누어 가지고, 낮으면 정답과 그 "
        "비슷한 단어만 가집니다."
    ),
    "dial.gain": "가중치 γ",
    "dial.gain.help": "증강 부분을 α = γ τ 배로 더합니다. 0이면 일반 손실입니다.",
    "dial.unknown": "“{word}”은(는) {runs}의 어휘에 없습니다.",
    "dial.none": "“{word}”은(는) 이 모델들 모두가 모르는 단어입니다.",
    "dial.no_input": "{run} 모델에는 소프트 타깃을 만들 입력 임베딩이 없습니다.",
    "dial.target.own": (
        "τ = {tau}: “{word}”이(가) 자기 타깃의 {share}를 가진다(균등한 몫의 {even}배). 다음은 “{next}” {next_share}"
    ),
    "dial.target.other": "τ = {tau}: 정답 “{word}”({share})보다 “{top}”({top_share})의 몫이 더 크다",
    "dial.target.alone": "τ = {tau}: 소프트 타깃이 곧 원핫이다. “{word}”이(가) 전부를 가진다",
    "dial.panel.one_hot": "원핫 타깃",
    "dial.panel.soft": "τ에서 소프트 타깃",
    "dial.panel.predicted": "τ에서 예측",
    "dial.target.alt": "막대: “{word}”에 대한 원핫 타깃, 소프트 타깃, {run} 모델의 예측. 단어: {words}.",
    "dial.spread": (
        "소프트 타깃의 유효 단어 수(엔트로피의 지수)는 {n_words}개 중 {n}개이며, 그림의 {shown}개가 {share}를 "
        "차지합니다."
    ),
    "dial.loss.gap": "손실 가운데 증강 부분은 {low}에서 {high}까지입니다.",
    "dial.loss.off": "γ = 0이면 증강 부분은 더해지지 않습니다.",
    "dial.own": "증강 손실로 학습한 모델: {runs}. 나머지는 증강 손실 없이 학습했습니다.",
    "dial.own.one": "{run} (τ = {tau}, γ = {gain})",
    "dial.own.none": "이 가운데 증강 손실로 학습한 모델은 없습니다. 증강 손실을 썼다면 무엇을 요구했을지 보여 줍니다.",
}
