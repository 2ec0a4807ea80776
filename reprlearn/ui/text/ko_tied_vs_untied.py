"""Korean: the Tied vs untied page: its controls, sizes, seeds and word similarity."""

TEXTS: dict[str, str] = {
    "tied.part": "페이지의 부분",
    "tied.part.answer": "답",
    "tied.part.words": "가까운 단어",
    "tied.part.matrices": "행렬",
    "tied.part.film": "필름",
    "tied.part.seeds": "여러 시드",
    "tied.part.sizes": "크기",
    "tied.part.small": "작은 모델",
    "tied.runs": "비교할 모델",
    "tied.runs.help": "구조와 상관없이 둘 이상, 최대 {n}개를 고릅니다.",
    "tied.runs.more": "비교할 모델을 둘 이상 고르세요.",
    "tied.runs.one": (
        "여기에는 모델이 **{run}** 하나뿐이라 비교할 상대가 없습니다. `--model.tied True` 또는 `--model.tied False` "
        "옵션을 준 레시피로 쌍둥이를 학습시키세요."
    ),
    "tied.reference": "차이의 기준: **{run}**.",
    "tied.corpora": "이 모델들은 같은 텍스트에서 같은 단어를 배우지 않아 퍼플렉서티를 비교할 수 없습니다.",
    "tied.lead.answer": (
        "쌍둥이는 한 가지만 다릅니다. 읽는 단어와 예측하는 단어에 행렬을 하나 쓰는가(공유) 둘 쓰는가, 또는 증강 "
        "손실(AL)을 쓰는가입니다. {compared}"
    ),
    "tied.lead.words": (
        "주장: 가중치를 공유하거나 증강 손실로 학습한 모델은 정답과 가까운 단어에 더 많은 확률을 준다. {compared}"
    ),
    "tied.lead.matrices": "모델이 단어를 읽는 행렬과 단어를 예측하는 행렬입니다.",
    "tied.lead.film": "가장 자주 나오는 단어들이 첫 스텝 전부터 학습이 끝날 때까지 자기 자리를 찾아가는 과정입니다.",
    "tied.lead.seeds": (
        "학습 한 번의 결과는 우연일 수 있습니다. 위에서 고른 모델이 아니라, 작은 쌍둥이들을 같은 텍스트에서 여러 "
        "시드로 학습시켰습니다."
    ),
    "tied.lead.sizes": (
        "비공유 모델은 단어마다 행이 둘이고, 공유 모델은 하나를 함께 씁니다. 그 사이에 있는 층들은 어휘와 무관합니다."
    ),
    "tied.lead.small": "파라미터가 270만 개를 넘지 않는 모델이 두 코어에서 한 시간쯤에 얼마나 좋아지는지 봅니다.",
    "tied.look": "보기",
    "tied.look.tiedness": "닮은 정도",
    "tied.look.spectrum": "쓰는 방향",
    "tied.look.norms": "길이",
    "tied.look.placed": "자리",
    "tied.look.updates": "학습",
    "tied.sizes.architecture": "구조",
    "tied.sizes.unknown": "크기는 LSTM과 GPT 모델에 대해 계산합니다. 위에서 그 가운데 하나를 고르세요.",
    "tied.sizes.words": "어휘의 단어 수",
    "tied.sizes.width": "너비: 한 단어 행의 유닛 수",
    "tied.sizes.heads": "어텐션 헤드들이 고르게 나눌 수 있는 너비 {width}로 계산합니다.",
    "tied.sizes.untied": "비공유",
    "tied.sizes.tied": "공유",
    "tied.sizes.saved": "공유로 줄어든 양",
    "tied.sizes.value": "{n} · {megabytes} MB",
    "tied.sizes.title": "단어 {n_words}개, 너비 {width}: 가중치를 공유하면 {architecture} 모델이 {share} 작아진다",
    "tied.sizes.line": "{kind}, 너비 {width}",
    "tied.sizes.less": "{n}개 적음",
    "tied.sizes.axis.words": "어휘의 단어 수 (로그 눈금)",
    "tied.sizes.axis.parameters": "파라미터 (로그 눈금)",
    "tied.sizes.alt": "선: 어휘 크기에 따른 파라미터 수. 단어 {n_words}개에서 비공유 {untied:,}개, 공유 {tied:,}개.",
    "tied.sizes.share.title": (
        "단어 {n_words}개: 공유로 줄어드는 파라미터는 너비 {at_most}에서 {most}, 너비 {at_least}에서 {least}이다"
    ),
    "tied.sizes.axis.width": "너비 (로그 눈금)",
    "tied.sizes.axis.share": "공유로 줄어드는 비율",
    "tied.sizes.share.alt": "선: 단어 {n_words}개에서 너비에 따라 공유로 줄어드는 파라미터의 비율.",
    "tied.sizes.note": (
        "학습하지 않고 계산한 값입니다. 단어마다 이 너비의 행 둘(또는 하나)과 편향 하나, 그리고 위의 모델과 같은 수의 "
        "중간층을 셉니다. 바이트는 모델을 저장하는 반정밀도의 값이고, 표시된 점은 위에서 고른 모델의 카드에서 "
        "가져왔습니다."
    ),
    "tied.seeds.none": (
        "이 비교는 아직 여기서 학습되지 않았습니다. `python -m benchmarks.twins_small` 명령으로 한 시간 반쯤 걸립니다."
    ),
    "tied.seeds.corpus": "텍스트",
    "tied.seeds.form.plain": "기본",
    "tied.seeds.form.AL": "AL",
    "tied.seeds.form.RE": "공유",
    "tied.seeds.form.REAL": "공유 + AL",
    "tied.seeds.full.plain": "기본: 비공유, 증강 손실 없음",
    "tied.seeds.full.AL": "AL: 증강 손실",
    "tied.seeds.full.RE": "공유 (논문의 RE)",
    "tied.seeds.full.REAL": "공유 + AL (논문의 REAL)",
    "tied.seeds.and": ", ",
    "tied.seeds.row": "{form} 대 {other}",
    "tied.seeds.lead": "**{corpus}** 말뭉치에서 형태마다 시드 {n}개로 학습시키고, 같은 단어들로 채점했습니다.",
    "tied.seeds.published": (
        "논문(Inan, Khosravi & Socher 2016): 가중치 공유, 증강 손실(AL), 그리고 둘을 함께 쓴 것이 각각 기본보다 낫다."
    ),
    "tied.seeds.confirmed": "여기서 확인된 것: **{forms}**.",
    "tied.seeds.not_confirmed": "여기서 확인되지 않은 것: **{forms}**.",
    "tied.seeds.title": "{said} ({corpus}, 시드 {n}개)",
    "tied.seeds.title.better": "기본보다 낫다: {forms}",
    "tied.seeds.title.worse": "기본보다 못하다: {forms}",
    "tied.seeds.title.no_difference": "뚜렷한 차이가 없다: {forms}",
    "tied.seeds.axis": "손실의 차이, 단어당 nat (선의 왼쪽이 더 나음)",
    "tied.seeds.alt": "점과 95 % 신뢰구간: 각 형태가 다른 형태보다 얼마나 잘 또는 못 예측하는지.",
    "tied.seeds.interval": "{low} … {high}",
    "tied.seeds.column.form": "형태",
    "tied.seeds.column.parameters": "파라미터",
    "tied.seeds.column.loss": "손실 ± 시드 간",
    "tied.seeds.column.perplexity": "퍼플렉서티",
    "tied.seeds.column.difference": "기본 대비",
    "tied.seeds.column.interval": "95 % 신뢰구간",
    "tied.seeds.column.published": "논문, PTB",
    "tied.seeds.note": (
        "차이와 그 구간은 퍼플렉서티에 대한 것입니다. 구간은 500단어씩 자른 토막과 시드에 대해 "
        "스튜던트 t로 구합니다. 논문 값은 Penn Treebank에서 너비 200인 두 층의 테스트 퍼플렉서티입니다."
    ),
    "tied.similarity.matrix": "{run} ({matrix})",
    "tied.similarity.shared": "공유",
    "tied.similarity.at": "{set} ({value})",
    "tied.similarity.ahead": "{sets}: 사람의 판단과 가장 잘 맞는 것은 {matrix}.",
    "tied.similarity.ahead.several": "{sets}: 사람의 판단과 나머지보다 잘 맞는 것은 {matrix}.",
    "tied.similarity.level": "{sets}: 뚜렷이 앞선 모델이 없다.",
    "tied.similarity.cell": "{value}  ({low} … {high})",
    "tied.similarity.note": (
        "코사인 유사도와 사람의 판단 사이의 스피어만 상관입니다. WordSim-353에서 {wordsim353}쌍, SimLex-999에서 "
        "{simlex999}쌍을 압니다. 그리고 유추 문제 {analogies}개 가운데 b − a + c로 맞히는 비율입니다. 괄호 안은 95 % "
        "신뢰구간이며, 구간이 나머지 모두의 구간보다 위에 있는 모델을 앞섰다고 합니다."
    ),
    "tied.similarity.lacking": (
        "아직 사람의 판단과 견주지 않은 모델: {runs}. `python -m reprlearn similarity RUN --store` 명령으로 할 수 "
        "있습니다 (자료는 gensim에 들어 있습니다)."
    ),
}
