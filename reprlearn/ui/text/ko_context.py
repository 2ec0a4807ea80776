"""Korean: the Context page."""

TEXTS: dict[str, str] = {
    "context.part": "페이지의 부분",
    "context.part.occurrences": "단어 하나",
    "context.part.pair": "두 문장",
    "context.part.spread": "퍼지는 단어",
    "context.part.attention": "어텐션",
    "context.part.blank": "빈칸 채우기",
    "context.kind.elmo": "ELMo",
    "context.kind.bert": "BERT",
    "context.kind.gpt": "GPT",
    "context.kind.word2vec": "word2vec",
    "context.absent": "여기서 아직 학습하지 않은 것: {kinds}",
    "context.none.Contextual": "문맥마다 다른 벡터를 단어에 주는 모델이 여기에 없습니다",
    "context.none.Attends": "어텐션이 있는 모델이 여기에 없습니다",
    "context.none.FillsBlanks": "빈칸을 채우는 모델이 여기에 없습니다",
    "context.replaced.Attends": (
        "**{run}** 모델은 트랜스포머가 아니어서 들여다볼 어텐션이 없습니다. 대신 보여 주는 모델: {shown}."
    ),
    "context.replaced.FillsBlanks": (
        "**{run}** 모델은 양쪽을 한꺼번에 읽어 빈칸을 채우지 못합니다. 대신 보여 주는 모델: {shown}."
    ),
    "context.layer": "층",
    "context.layer.help": (
        "0층은 첫 층에 들어가는 것, 곧 단어 자체이며 GPT와 BERT에서는 문장 안의 자리도 들어갑니다. 1층부터는 둘레의 "
        "단어들을 읽은 결과입니다. GPT는 앞의 단어를, BERT와 ELMo는 양쪽을 읽습니다."
    ),
    "context.texts": "텍스트",
    "context.texts.help": "단어를 찾을 텍스트입니다. 모델은 학습 텍스트만으로 학습했고 나머지는 본 적이 없습니다.",
    "context.texts.train": "학습 텍스트",
    "context.texts.valid": "검증 텍스트",
    "context.texts.test": "테스트 텍스트",
    "context.colour_by": "색",
    "context.colour_by.help": (
        "단어 둘레에 무엇이 있는지, 리뷰가 영화를 좋게 평가하는지, 또는 문장의 몇째 단어인지를 색으로 나타냅니다."
    ),
    "context.colour_by.before": "앞 단어",
    "context.colour_by.after": "뒤 단어",
    "context.colour_by.label": "리뷰의 평가",
    "context.colour_by.position": "문장 안의 자리",
    "context.reading": "문장을 읽는 중 …",
    "context.nowhere": "“{word}”: {texts}에 나오지 않습니다. 다른 텍스트나 다른 단어를 고르세요.",
    "context.no_word": "“{word}”: 텍스트의 끝을 나타내며 어느 문장에도 들어 있지 않습니다. 다른 단어를 고르세요.",
    "context.few": "“{word}”: {texts}에 {n}번만 나와 지도를 그릴 수 없습니다.",
    "context.few.cosine": "{run} 모델의 {layer}층에서 둘의 코사인 유사도는 {cosine}입니다.",
    "context.seen": "“{word}”: {texts}의 출현 {n}개 모두, {run} 모델의 {layer}층.",
    "context.seen.sampled": "“{word}”: {texts}의 출현 {found}개 중 추린 {n}개, {run} 모델의 {layer}층.",
    "context.no_labels": "이 텍스트에는 색으로 나타낼 레이블이 없다.",
    "context.what.before": "앞 단어",
    "context.what.after": "뒤 단어",
    "context.what.label": "리뷰의 평가",
    "context.title.one": "여기서는 모두 똑같은 벡터다: 이 층이 읽은 데까지는 문맥이 서로 다르지 않다.",
    "context.title.alike": (
        "가장 가까운 다른 출현과 {what}가 같은 비율은 {share} ({low}에서 {high}까지), 임의의 출현과는 {chance}."
    ),
    "context.title.unlike": (
        "가장 가까운 다른 출현과 {what}가 같은 비율은 {share}뿐 ({low}에서 {high}까지), 임의의 출현과는 {chance}."
    ),
    "context.title.neither": (
        "가장 가까운 다른 출현과 {what}가 같은 비율은 {share} ({low}에서 {high}까지). 임의의 출현과의 비율 {chance}도 이 "
        "구간 안에 있다."
    ),
    "context.title.position.alike": (
        "가까운 출현끼리는 문장 안의 자리도 비슷하다: 순위 상관 {rho} ({low}에서 {high}까지)."
    ),
    "context.title.position.unlike": (
        "가까운 출현끼리는 오히려 문장 안의 자리가 다르다: 순위 상관 {rho} ({low}에서 {high}까지)."
    ),
    "context.title.position.neither": (
        "문장 안의 자리는 가장 가까운 출현에 대해 아무것도 말해 주지 않는다: 순위 상관 {rho} ({low}에서 {high}까지)."
    ),
    "context.count": "{name} ({n})",
    "context.other": "다른 단어",
    "context.edge": "(문장의 경계)",
    "context.label.negative": "나쁘게 평가",
    "context.label.positive": "좋게 평가",
    "context.mean": "전체 평균",
    "context.map.alt": "지도: “{word}”이(가) 나오는 {n}곳, {run} 모델의 {layer}층에서 본 모습.",
    "context.map.note": (
        "점 하나가 한 문장 속의 그 단어이고, 문장은 하나씩 따로 읽습니다. 지도는 이 층의 가장 큰 두 주성분이며, 무엇이 "
        "가까운지는 이 층 자신의 공간에서 다른 리뷰의 출현과 견주어 잽니다. 점을 누르면 그 문장을 읽을 수 있습니다."
    ),
    "context.at": "출현",
    "context.at.none": "고르거나 점을 누르세요",
    "context.at.hint": (
        "점을 누르거나 위에서 출현을 고르면, 그 문장과 “{word}”의 벡터가 가장 가까운 문장들을 읽을 수 있습니다."
    ),
    "context.near": "{layer}층에서 가장 가까운 것",
    "context.near.help": (
        "이 층의 원래 공간에서 두 벡터의 코사인 유사도로 정합니다. 지도는 그 공간의 두 방향만 보여 줍니다."
    ),
    "context.far": "가장 먼 것",
    "context.from": "{document}, {texts}",
    "context.review": "영화를 {label}한 리뷰",
    "context.cut": "{n}단어 중 그 단어 둘레의 {read}단어를 읽음",
    "context.selected": "선택한 출현 {n}개",
    "context.column.before": "앞",
    "context.column.word": "단어",
    "context.column.after": "뒤",
    "context.column.document": "텍스트",
    "context.strip.title": (
        "“{word}”의 두 출현 사이 평균 코사인 유사도: {run} 모델이 문맥을 읽기 전 {first}, {n}층을 지난 뒤 {last}."
    ),
    "context.strip.baseline": "임의의 두 단어는 {first}, {last}.",
    "context.strip.layer": "{layer}층",
    "context.strip.alike": "평균 코사인 {cosine}",
    "context.strip.alt": "작은 지도들: {run} 모델의 층마다 “{word}”의 같은 출현들.",
    "context.strip.note": "지도마다 두 방향이 다르므로, 점은 한 지도 안에서만 견줄 수 있습니다.",
    "context.static": "단어마다 벡터가 하나뿐인 모델과 비교",
    "context.static.lead": (
        "word2vec은 이 모든 출현에 벡터 하나를 씁니다. 그 벡터는 다른 공간에 있어 위의 지도에는 그리지 않습니다. 서로 "
        "견줄 수 있는 것은 어떤 단어가 가까운가입니다."
    ),
    "context.static.none": "여기에 아직 word2vec이 없습니다: {command}",
    "context.static.unknown": "{run} 모델은 “{word}”을(를) 모릅니다.",
    "context.static.one": "{run}: 하나뿐인 벡터",
    "context.static.mean": "{layer}층: 출현 {n}개의 평균",
    "context.static.chosen": "{layer}층: 고른 출현",
    "context.static.cell": "{word} {cosine}",
    "context.static.title": (
        "{run} 모델에서 “{word}”에 가장 가까운 단어 {k}개 중 {n}개는 {layer}층의 평균에도 가장 가까운 단어다."
    ),
    "context.static.title.chosen": (
        "{run} 모델에서 “{word}”에 가장 가까운 단어 {k}개 중 {n}개는 {layer}층의 평균에도, {chosen}개는 고른 출현에도 "
        "가장 가까운 단어다."
    ),
    "context.static.among": (
        "평균 벡터를 잰 단어 {n}개 가운데 코사인 유사도로 가장 가까운 단어이며, 평균은 지도에 있는 출현들의 평균입니다."
    ),
    "context.static.unmeasured": "{run} 모델에는 아직 단어들의 평균 벡터가 저장되어 있지 않습니다: {command}",
    "context.sentence": "문장",
    # The models know English: the sentences are theirs.
    "context.sentence.first": "The acting was not as good as the music, but I liked the film.",
    "context.sentence.help": "Enter를 누르면 읽습니다. 모델은 영어의 소문자 단어와 문장 부호를 다룹니다.",
    "context.sentence.cut": "문장의 처음 {n}자만 읽었습니다.",
    "context.sentence.read": "**{run}** 모델은 여기서 {n}단어를 읽고, 문장 끝의 {cut}단어는 읽지 않습니다.",
    "context.unknown": "{run}의 어휘에 없어 미지의 단어로 읽은 것: {words}",
    "context.a": "첫째 문장",
    "context.a.first": "I like this film and its music.",
    "context.b": "둘째 문장",
    "context.b.first": "It looks like a cheap television film.",
    "context.same": "두 문장에 모두 있는 단어",
    "context.same.help": "처음에는 그 가운데 가장 드문 단어를 고릅니다. 한 문장에 두 번 나오면 첫 자리를 봅니다.",
    "context.pair.none": "두 문장에 모두 있으면서 {run} 모델이 아는 단어가 없습니다. 양쪽에 같은 단어를 하나 쓰세요.",
    "context.pair.unknown": "{run} 모델은 두 문장에서 “{word}”을(를) 모두 알아보지는 못합니다.",
    "context.pair.alt": "선: 층마다, 두 문장의 “{word}” 사이 코사인 유사도. 모델: {runs}.",
    "context.pair.title": (
        "두 문장의 “{word}” 사이 코사인 유사도: {run} 모델의 마지막 층인 {last}층에서 {cosine}, 가장 먼 {layer}층에서 "
        "{least}."
    ),
    "context.pair.title.last": (
        "두 문장의 “{word}” 사이가 가장 먼 곳은 {run} 모델의 마지막 층인 {last}층: 코사인 유사도가 거기서 {cosine}, "
        "0층에서 {first}."
    ),
    "context.pair.usual.below": ("텍스트에서 이 단어의 출현 쌍 열에 아홉보다 더 멀다 (보통은 {low}에서 {high}까지)."),
    "context.pair.usual.above": ("텍스트에서 이 단어의 출현 쌍 열에 아홉보다 더 가깝다 (보통은 {low}에서 {high}까지)."),
    "context.pair.usual.within": (
        "이 단어로서는 보통이다: 텍스트에서 출현 다섯 쌍 중 네 쌍이 {low}에서 {high} 사이에 있다."
    ),
    "context.pair.note": (
        "문장은 하나씩 따로 읽습니다. 모델이 다르면 층의 공간도 다릅니다. 코사인 유사도는 그 층에서 보통인 값과 견줄 "
        "때에만, 모델이 둘을 얼마나 구별하는지 알려 줍니다."
    ),
    "context.lines.layer": "층 (0: 문맥을 읽기 전)",
    "context.lines.cosine": "두 벡터의 코사인 유사도",
    "context.lines.band": "{run}: 출현 다섯 쌍 중 네 쌍",
    "context.lines.reference": "{run}: 임의의 두 단어",
    "context.spread.lead": (
        "문장마다 벡터가 크게 달라지는 단어를 퍼진다고 합니다. 문맥에 따라 가장 많이 바뀌는 단어입니다."
    ),
    "context.spread.help": (
        "자기 유사도(self-similarity), Ethayarajh 2019 (arXiv 1909.00512): 한 층에서 한 단어의 모든 출현 쌍의 평균 "
        "코사인 유사도이며, 문맥이 아무것도 바꾸지 않으면 1입니다. 보정값: 그 층에서 임의의 두 단어의 평균 코사인 "
        "유사도를 뺀 값입니다. 한 층의 벡터들은 모두 거의 같은 쪽을 가리킬 수 있기 때문입니다."
    ),
    "context.spread.none": (
        "{run} 모델의 단어들이 얼마나 퍼지는지는 아직 저장되어 있지 않습니다. 한 번만 재면 됩니다: {command}"
    ),
    "context.spread.title": (
        "{run} 모델의 {layer}층에서 가장 많이 퍼지는 단어는 {most}, 가장 적게 퍼지는 단어는 {least} (임의의 두 단어의 "
        "값을 뺀 자기 유사도)."
    ),
    "context.spread.word": "“{word}” ({value} ± {error})",
    "context.spread.mean": "모든 단어의 평균",
    "context.spread.line": "“{word}”",
    "context.spread.baseline": "임의의 두 단어",
    "context.spread.axis": "자기 유사도 (평균 코사인)",
    "context.spread.alt": "선: {run} 모델의 층마다 단어들의 자기 유사도, 임의의 두 단어와 견주어.",
    "context.spread.unmeasured": "“{word}”: 측정한 단어 {n}개 가운데 없습니다.",
    "context.spread.order": "순서",
    "context.spread.order.most": "많이 퍼진 순",
    "context.spread.order.least": "적게 퍼진 순",
    "context.spread.corrected": "보정값",
    "context.spread.error": "±",
    "context.spread.raw": "원래",
    "context.spread.n": "n",
    "context.spread.count": "횟수",
    "context.spread.note": (
        "자주 나오는 단어 {n}개, 단어마다 {texts}에서 출현 최대 {each}개, 텍스트 하나에 하나씩입니다. ±는 "
        "잭나이프(jackknife) 표준오차의 1.96배입니다. 행을 고르면 그 단어의 출현을 봅니다."
    ),
    "context.head": "헤드",
    "context.head.help": (
        "헤드(head)는 한 층이 둘레를 살피는 여러 방식 가운데 하나입니다. 작은 그림을 누르면 그 헤드를 고릅니다."
    ),
    "context.head.named": "{layer}층 헤드 {head}: {habit}",
    "context.habit.none": "뚜렷한 버릇 없음",
    "context.habit.itself": "그 단어 자신에 {share}",
    "context.habit.before": "앞 단어에 {share}",
    "context.habit.after": "뒤 단어에 {share}",
    "context.habit.first": "첫 단어에 {share}",
    "context.habit.name.itself": "그 단어 자신",
    "context.habit.name.before": "앞 단어",
    "context.habit.name.after": "뒤 단어",
    "context.habit.name.first": "첫 단어",
    "context.attention.short": "두 단어 이상인 문장을 쓰세요.",
    "context.attention.from": "보는 단어",
    "context.attention.to": "보는 대상",
    "context.attention.head": "헤드",
    "context.attention.layer": "층",
    "context.attention.hover": "“{word}”: 어텐션의 {share}를 “{other}”에 준다",
    "context.attention.alt": (
        "{n}단어와 {n}단어의 정사각형: {run} 모델의 {layer}층 헤드 {head}에서 각 단어가 각 단어를 얼마나 보는지."
    ),
    "context.attention.overview.alt": "작은 그림들: {run} 모델의 모든 헤드, {layers}층에 {heads}개씩.",
    "context.attention.title.itself": (
        "{run} 모델의 {layer}층 헤드 {head}: 그 단어 자신을 본다, 어텐션의 {share} (고르게 나누면 {even})"
    ),
    "context.attention.title.before": (
        "{run} 모델의 {layer}층 헤드 {head}: 앞 단어를 본다, 어텐션의 {share} (고르게 나누면 {even})"
    ),
    "context.attention.title.after": (
        "{run} 모델의 {layer}층 헤드 {head}: 뒤 단어를 본다, 어텐션의 {share} (고르게 나누면 {even})"
    ),
    "context.attention.title.first": (
        "{run} 모델의 {layer}층 헤드 {head}: 첫 단어를 본다, 어텐션의 {share} (고르게 나누면 {even})"
    ),
    "context.attention.title.none": (
        "{run} 모델의 {layer}층 헤드 {head}: 여기서는 뚜렷한 버릇이 없다. 어텐션을 단어 {words}개에 나누는 셈이고 "
        "“{word}”의 몫이 {share}로 가장 크다 (고르게 나누면 {even})"
    ),
    "context.attention.count": "헤드 {n}개가 보는 것: {said}",
    "context.attention.count.itself": "그 단어 자신 {n}",
    "context.attention.count.before": "앞 단어 {n}",
    "context.attention.count.after": "뒤 단어 {n}",
    "context.attention.count.first": "첫 단어 {n}",
    "context.attention.count.none": "뚜렷한 버릇 없음 {n}",
    "context.attention.shares": "| 어텐션의 대상 | 비율 | 고르게 나누면 |",
    "context.attention.note": (
        "행의 단어가 열의 단어를 보며, 한 행의 합은 100 %입니다. 단어는 양쪽을 모두 볼 수 있습니다. 버릇은 헤드의 "
        "어텐션에서 5분의 1을 차지하고 고르게 나눌 때의 두 배가 될 때에만 이름을 붙입니다. 무엇을 본다고 해서 그것이 "
        "답을 정하는 것은 아닙니다."
    ),
    "context.attention.note.causal": (
        "행의 단어가 열의 단어를 보며, 한 행의 합은 100 %입니다. 단어는 앞쪽과 자기 자신만 봅니다. 버릇은 헤드의 "
        "어텐션에서 5분의 1을 차지하고 고르게 나눌 때의 두 배가 될 때에만 이름을 붙입니다. 무엇을 본다고 해서 그것이 "
        "답을 정하는 것은 아닙니다."
    ),
    "context.blank": "뺄 단어",
    "context.blank.help": "처음에는 모델이 아는 가장 드문 단어입니다. 모델은 그 자리의 단어를 보지 못합니다.",
    "context.blank.empty": "단어를 뺄 문장을 쓰세요.",
    "context.blank.gap": ":violet-badge[ ? ]",
    "context.blank.counts": "양옆 단어의 횟수",
    "context.blank.counting": "단어 쌍을 세는 중 …",
    "context.blank.uncounted": "양옆 단어의 횟수로는 무엇이 올지 구할 수 없습니다: {reason}",
    "context.blank.title": "{run}: 1위는 “{first}” ({share}), 정답 “{right}”: {rank}위 ({own})",
    "context.blank.title.right": "{run}: 정답인 “{first}” 1위 ({share})",
    "context.blank.title.first": "{run}: 1위는 “{first}” ({share})",
    "context.blank.title.unknown": "“{word}”: 어휘에 없어 어떤 추측도 맞을 수 없다",
    "context.blank.alt": "막대: 빈칸에 넣을 단어. 모델: {runs}. 앞의 단어: {words}.",
    "context.blank.note": (
        "횟수는 빈칸의 왼쪽 단어와 오른쪽 단어, 그리고 학습 텍스트에서 각 단어가 그 옆에 얼마나 자주 놓였는지만 압니다: "
        "P(w | 왼쪽) P(w | 오른쪽) / P(w). 모델은 문장 전체를 읽습니다."
    ),
}
