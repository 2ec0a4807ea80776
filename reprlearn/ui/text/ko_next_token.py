"""Korean: the Next token page."""

TEXTS: dict[str, str] = {
    "next_token.prompt": (
        "문장의 앞부분을 영어로 입력하세요. 모델마다 다음 단어로 무엇을, 얼마나 확신하며 예상하는지 보여 줍니다"
    ),
    # The models know English: the prompt is theirs.
    "next_token.prompt.first": "I thought this film would be boring, but it was",
    "next_token.prompt.help": "Ctrl + Enter를 누르면 읽습니다. 모델은 소문자 단어와 문장 부호를 다룹니다.",
    "next_token.prompt.cut": "프롬프트의 처음 {n}자만 읽었습니다.",
    "next_token.runs": "모델",
    "next_token.runs.help": "몇 개든 고를 수 있습니다. 순위와 거리는 첫째 모델을 기준으로 합니다.",
    "next_token.runs.placeholder": "모델을 하나 이상 고르세요",
    "next_token.runs.none": "모델을 하나 이상 고르세요.",
    "next_token.unknown": "{run}의 어휘에 없어 미지의 단어로 읽은 것: {words}",
    "next_token.context": (
        "**{run}** 모델은 앞의 {limit}단어까지만 봅니다. 프롬프트의 처음 {n}단어는 그다음 단어의 예측에 쓰이지 "
        "않습니다."
    ),
    "next_token.temperature": "온도",
    "next_token.temperature.help": (
        "1보다 낮으면 유력한 단어에 몰아 걸고, 1보다 높으면 고루 나누어 겁니다. 1은 모델이 배운 그대로입니다."
    ),
    "next_token.top_k": "Top-k",
    "next_token.top_k.help": "확률이 가장 높은 k개의 단어만 남깁니다.",
    "next_token.top_k.all": "모든 단어",
    "next_token.top_p": "Top-p",
    "next_token.top_p.help": "합이 이 확률에 이르는 가장 적은 수의 단어만 남깁니다.",
    "next_token.shown": "보여 줄 단어 수",
    "next_token.order": "행",
    "next_token.order.aligned": "같은 단어끼리",
    "next_token.order.own": "모델별 목록",
    "next_token.order.help": "각 행을 모든 모델에 같은 단어로 맞추거나, 모델마다 자기 순서대로 늘어놓습니다.",
    "next_token.absent": "어휘에 없음",
    "next_token.rank": "#{rank}",
    "next_token.first": "1위 “{word}”: {runs}",
    "next_token.entropy": "{bits}비트 ≈ {words}단어",
    "next_token.apart": "차이 {bits}비트",
    "next_token.apart.first": "나머지의 비교 기준",
    "next_token.apart.help": (
        "**비트**: 엔트로피, 그리고 그것이 확률이 같은 단어 몇 개에 해당하는지. **차이**: {run}의 분포와의 젠슨–섀넌 "
        "발산. 분포가 같으면 0, 공통된 단어가 없으면 1비트. **▲▼**: 그 모델의 목록보다 몇 자리 위 또는 아래인지."
    ),
    "next_token.apart.pair": "{a} – {b} ({bits}비트)",
    "next_token.apart.ends": "가장 다른 쌍은 {farthest}, 가장 비슷한 쌍은 {closest}입니다.",
    "next_token.apart.vocabularies": (
        "모델마다 아는 단어가 다릅니다. 어떤 모델이 모르는 단어는 그 모델에서 확률이 없습니다."
    ),
    "next_token.bars.alt": "막대: 프롬프트 다음에 올 것으로 예상되는 단어. 모델: {runs}. 앞의 단어: {words}.",
    "next_token.special": "`<eos>`: 텍스트의 끝. `<unk>`: 어휘에 없는 모든 단어.",
    "next_token.guess": "먼저 맞혀 보기",
    "next_token.guess.help": "모두가 예상을 말할 때까지 모델의 예상을 숨깁니다.",
    "next_token.guess.title": "다음에 무엇이 올까?",
    "next_token.guess.ask": "모델보다 먼저 맞혀 보세요",
    "next_token.guess.words": "예상",
    "next_token.guess.placeholder": "영어 단어 하나, 여럿이면 쉼표로 나누어",
    "next_token.guess.show": "보기",
    "next_token.guess.word": "예상",
    "next_token.guess.cell": "{share}, #{rank}",
    "next_token.guess.scored": "확률과, 모델의 목록에서의 순위입니다.",
    "next_token.chosen": "단어 찾아보기",
    "next_token.chosen.help": (
        "그 단어의 확률, 다른 단어들 사이의 자리, 각 모델에 생기는 손실을 보여 줍니다. 막대를 눌러도 됩니다."
    ),
    "next_token.chosen.placeholder": "영어 단어",
    "next_token.chosen.hint": (
        "행을 누르거나 단어를 찾아보면, 각 모델의 행렬에서 그 단어가 놓인 자리와 그것이 다음 단어일 때의 손실을 볼 수 "
        "있습니다."
    ),
    "next_token.chosen.found": "**{share}**, 순위 **{rank}** ({n}개 중)",
    "next_token.chosen.unknown": "{run}의 어휘에 “{word}”은(는) 없습니다.",
    "next_token.candidate": "다음 단어로서의 “{word}”",
    "next_token.maps.lead": (
        "회색은 모든 단어, 표시된 것은 이 단어의 자리와, 평면에 펼치기 전 공간에서 가장 가까운 단어들입니다. 비슷하게 "
        "읽히는 단어는 입력 행렬에서, 같은 자리에 예상되는 단어는 출력 행렬에서 가까이 모입니다."
    ),
    "next_token.maps.one": "한 행렬",
    "next_token.maps.same": "예측에 쓰는 벡터",
    "next_token.maps.none": "저장된 지도가 없습니다. 가장 가까운 단어: {words}",
    "next_token.maps.closest": "가장 가까운 단어: “{word}”, 코사인 유사도 {cosine}",
    "next_token.maps.hover": "개 단어",
    "next_token.maps.alt": "지도: {run} 모델의 단어들 사이에서 “{word}”의 자리와, 가장 가까운 단어들: {words}.",
    "next_token.on_map": "전체 지도에서 “{word}” 보기",
    "next_token.loss": "이 단어가 만들 손실",
    "next_token.loss.help": (
        "증강 부분은 온도 τ에서 모델의 예측이 소프트 타깃에서 얼마나 먼지 재어, α = γ τ 의 가중치로 더합니다. 증강 "
        "손실 없이 학습한 모델은 γ = 0입니다."
    ),
    "next_token.tau": "온도 τ",
    "next_token.tau.help": (
        "소프트 타깃과, 그것과 비교하는 예측의 온도입니다. 높을수록 더 많은 단어가 타깃을 나누어 가집니다."
    ),
    "next_token.gain": "가중치 γ",
    "next_token.gain.help": "증강 부분의 가중치를 온도로 나눈 값입니다: α = γ τ.",
    "next_token.own": "학습 때 값",
    "next_token.continuation": "모델마다 어떻게 이어 쓸까?",
    "next_token.continuation.lead": "모델이 예상하는 것에서 한 단어씩, 위에서 정한 온도와 필터로 뽑습니다.",
    "next_token.continuation.next": "다음 단어",
    "next_token.continuation.more": "{n}개 더",
    "next_token.continuation.again": "다시 뽑기",
    "next_token.continuation.seed": "시드",
    "next_token.continuation.length": "단어 수",
    "next_token.continuation.length.help": "같은 시드에서는 늘 같은 단어가 나오고, 긴 글은 짧은 글로 시작합니다.",
    "next_token.continuation.shades": "모델의 목록에서의 순위: {shades}",
    "next_token.continuation.shade.green": "1위",
    "next_token.continuation.shade.gray": "2–10위",
    "next_token.continuation.shade.yellow": "11–100위",
    "next_token.continuation.shade.violet": "그 아래",
    "next_token.continuation.last": "마지막: “{word}”, {share}, #{rank}. 평균 서프라이절 단어당 {mean}비트.",
    "next_token.continuation.table": "단어별로 보기",
    "next_token.continuation.cell": "{word} ({share}, #{rank})",
    "next_token.surprise": "프롬프트 자체는 얼마나 놀라웠을까?",
    "next_token.surprise.lead": (
        "막대는 바로 그 단어 위에 서 있습니다. 앞의 단어들만 읽은 모델이 그 단어를 만나 얼마나 놀랐는지를 나타냅니다. "
        "1비트가 적으면 확률이 두 배라는 뜻입니다. 막대를 누르면 그 자리에 무엇을 예상했는지 볼 수 있습니다."
    ),
    "next_token.surprise.title": "가장 놀라운 단어는 “{word}”: {run} 모델에 {bits}비트",
    "next_token.surprise.axis": "서프라이절 (비트)",
    "next_token.surprise.unknown": "미지의 단어로 계산",
    "next_token.surprise.window": "{{n:,}}단어 중 {{first}}–{{shown}}: 끌면 {{last}}까지 보임",
    "next_token.surprise.instead": "여기에 예상한 것:",
    "next_token.surprise.position": "몇째 단어 (전체 {n})",
    "next_token.surprise.position.help": "막대를 누르면 그 단어를 고릅니다. 고르기 전에는 가장 놀라운 단어입니다.",
    "next_token.surprise.place": "{position}째 단어 “{word}” 자리에, 앞의 단어들을 읽은 모델이 예상한 것:",
    "next_token.surprise.itself": "“{word}” 자체: {share}, #{rank}",
    "next_token.surprise.entry": "{word} {share}",
    "next_token.surprise.alt": "막대: 프롬프트의 단어마다 서프라이절(비트). 모델: {runs}.",
    "next_token.surprise.empty": "아직 놀랄 만한 프롬프트의 단어가 없습니다.",
    "next_token.surprise.mean": "평균 서프라이절: {means}",
    "next_token.surprise.mean.of": "**{run}** 단어당 {bits}비트",
    "next_token.empty": "프롬프트가 비어 있습니다. 텍스트의 첫머리에 모델이 예상하는 것입니다.",
}
