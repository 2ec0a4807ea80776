"""Korean: the guided tour, and presentation mode."""

TEXTS: dict[str, str] = {
    "home.tour": "**안내 투어 시작하기**: 표현이란 무엇인지에서 나만의 모델까지, 열 단계",
    "frame.tour": "안내 투어",
    "frame.tour.help": "이곳의 모델들로 그린 그림과 함께 전체 이야기를 열 화면으로 들려줍니다. 화살표 키로 넘깁니다.",
    "frame.present": "발표 모드",
    "frame.present.help": "페이지만 남기고 글자와 표식을 키웁니다. Esc 키로 돌아옵니다.",
    "frame.present.leave": "✕ 나가기",
    "frame.present.leave.help": "발표 모드를 끝냅니다",
    "tour.back": "이전",
    "tour.forward": "다음",
    "tour.reveal": "정답 보기",
    "tour.progress": "{total}단계 중 {n}단계",
    "tour.guess": "여러분의 추측",
    "tour.guess.help": "먼저 추측한 뒤 **정답 보기** (키보드에서는 →)를 누르세요.",
    "tour.answer": "모델들의 답: {right}",
    "tour.answer.right": "✓ 맞혔습니다: {right}",
    "tour.answer.wrong": "✗ 여러분의 추측: {guess}. 모델들의 답: {right}",
    "tour.word": "단어",
    "tour.prompt": "프롬프트",
    "tour.broken": "이 단계를 보여 줄 수 없습니다: {reason}",
    "tour.missing.help": "프로젝트 폴더에서 아래 명령을 실행한 뒤 페이지를 새로 고치세요. 다른 단계는 이것 없이도 볼 수 있습니다.",
    "tour.missing.models": "아직 언어 모델이 없습니다",
    "tour.missing.embeddings": "아직 단어 벡터가 있는 모델이 없습니다",
    "tour.missing.map": "이 단어 벡터들에는 아직 지도가 없습니다",
    "tour.missing.tied": "가중치 공유만 다른 쌍둥이 모델이 아직 없습니다",
    "tour.missing.augmented": "증강 손실로 학습한 모델과 그렇지 않은 쌍둥이가 아직 없습니다",
    "tour.missing.scores": "이 모델들은 아직 토큰별로 채점되지 않았습니다",
    "tour.missing.buckets": "소프트 버킷이 있는 모델이 아직 없습니다",
    "tour.missing.transfer": "다른 과제에서의 성능도, 사람의 판단과 얼마나 일치하는지도 아직 측정되지 않았습니다",
    "tour.missing.curves": "아직 학습 곡선이 없습니다",
    "tour.title.representation": "표현은 단어에 자리를 준다",
    "tour.lead.representation": (
        "모델은 단어마다 숫자 목록 하나를 읽는데, 그 숫자는 텍스트만 보고 스스로 배운 것입니다. 비슷하게 쓰이는 단어는 서로 "
        "가까이 모입니다. 지도는 이를 2차원으로 펼친 것입니다."
    ),
    "tour.representation.finding": "{run}: {width}차원 전체에서 {n}단어 가운데 “{word}”에 가장 가까운 단어는 {near}",
    "tour.representation.near": "{word} ({cosine})",
    "tour.representation.nearest": "가까운 단어",
    "tour.representation.cosine": "코사인",
    "tour.representation.alt": "{run}의 단어 지도. “{word}”와 가장 가까운 단어들에 표시가 있다.",
    "tour.representation.try": "아무 단어나 찾아보기",
    "tour.title.transfer": "그대로 쓰거나, 미세 조정하거나",
    "tour.lead.transfer": (
        "한 과제에서 배운 것은 다른 과제에도 쓰입니다. 벡터를 *그대로* 특징으로 쓰거나, 모델 전체를 *미세 조정하여* 씁니다. "
        "그대로 쓴다면, 사람들이 단어에 대해 아는 것을 이미 알고 있어야 합니다."
    ),
    "tour.transfer.similarity": "그대로 쓸 때 사람의 판단과 가장 잘 맞는 것 (전혀 맞지 않으면 0): {best}",
    "tour.transfer.best": "{set} {run} {value} ({low}에서 {high})",
    "tour.transfer.matrix": "{run}, {matrix}",
    "tour.transfer.alt": "95 % 신뢰구간이 있는 점: {runs}의 벡터가 단어에 대한 사람의 판단과 얼마나 일치하는지 보여 준다.",
    "tour.transfer.try": "특징과 미세 조정 비교하기",
    "tour.title.next-token": "인과적 언어 모델은 다음 단어를 예상한다",
    "tour.lead.next-token": (
        "왼쪽에서 오른쪽으로 읽으며, 어휘의 모든 단어에 다음에 올 확률을 매깁니다. 배우는 것은 모두 예상이 빗나간 데서 "
        "배웁니다."
    ),
    "tour.ask.next_token": "“{prompt} …” 모델이 첫째로 꼽는 단어는?",
    "tour.next_token.try": "직접 입력하기",
    "tour.title.soft-target": "정답 하나만으로는 임베딩의 지식이 버려진다",
    "tour.lead.soft-target": (
        "원핫 타깃는 나머지 단어를 모두 똑같이 틀렸다고 합니다. 그러나 임베딩은 어느 단어가 정답에 가까운지 압니다. 그 "
        "유사도를 온도 τ의 소프트맥스에 넣으면 *소프트* 목표가 됩니다."
    ),
    "tour.soft_target.try": "다이얼 돌려 보기",
    "tour.title.augmented-loss": "증강 손실: 가까운 단어도 인정한다",
    "tour.lead.augmented-loss": (
        "보통 손실에, 예측이 소프트 타깃에서 떨어진 정도를 더합니다: $J + \\alpha\\, \\mathrm{{KL}}(\\tilde y \\,\\|\\, \\hat y)$. "
        "약속대로 정답의 이웃에 확률을 더 줄까요?"
    ),
    "tour.price.less": (
        "전체로는 더 잘 예측합니다. **{run}** 모델의 퍼플렉서티는 **{reference}** 대비 {difference} (95 % 신뢰구간 {lower}에서 "
        "{upper})."
    ),
    "tour.price.more": (
        "전체로는 더 못 예측합니다. **{run}** 모델의 퍼플렉서티는 **{reference}** 대비 {difference} (95 % 신뢰구간 {lower}에서 "
        "{upper})."
    ),
    "tour.price.none": (
        "전체로는 낫다고도 못하다고도 할 수 없습니다. **{run}** 모델의 퍼플렉서티는 **{reference}** 대비 {difference} (95 % "
        "신뢰구간 {lower}에서 {upper})."
    ),
    "tour.augmented_loss.try": "단어 하나씩 보기",
    "tour.title.tying": "가중치 공유: 읽기와 예측에 행렬 하나",
    "tour.lead.tying": (
        "공유하지 않는 모델은 읽는 단어의 벡터 행렬과 예측하는 단어의 벡터 행렬을 따로 둡니다. 공유하는 모델은 하나를 함께 "
        "씁니다. 쌍둥이는 그 밖에 다른 점이 없습니다."
    ),
    "tour.ask.tying": "공유하면 {run} 모델의 파라미터가 {saved} 줄어듭니다. 퍼플렉서티는 어떻게 될까요?",
    "tour.tying.option.more": "오른다: 파라미터가 적으니 예측이 나빠진다",
    "tour.tying.option.none": "그대로다: 0과 구별되는 차이가 없다",
    "tour.tying.option.less": "내린다: 파라미터가 적은데도 예측이 좋아진다",
    "tour.tying.finding.more": "{pair}: 파라미터 {saved} 감소, 예측은 더 나쁨 (퍼플렉서티 {difference}, {lower}에서 {upper})",
    "tour.tying.finding.none": (
        "{pair}: 파라미터 {saved} 감소, 예측에는 차이가 있다고 할 수 없음 (퍼플렉서티 {difference}, {lower}에서 {upper})"
    ),
    "tour.tying.finding.less": "{pair}: 파라미터 {saved} 감소, 예측은 더 좋음 (퍼플렉서티 {difference}, {lower}에서 {upper})",
    "tour.tying.finding.unknown": "{pair}: 파라미터 {saved} 감소, 예측은 아직 비교하지 않음",
    "tour.tying.axis.parameters": "파라미터 (백만)",
    "tour.tying.axis.change": "공유에 따른 퍼플렉서티 변화, 95 % 신뢰구간",
    "tour.tying.level": "변화 없음",
    "tour.tying.alt": "막대: 공유하지 않는 모델과 공유하는 쌍둥이의 파라미터. 95 % 신뢰구간이 있는 점: 공유에 따른 퍼플렉서티 변화.",
    "tour.tying.try": "쌍둥이 자세히 보기",
    "tour.title.rare-words": "누가 덕을 볼까: 드문 단어, 흔한 단어?",
    "tour.lead.rare-words": (
        "드문 단어의 벡터는 좀처럼 학습되지 않습니다. 공유하는 벡터와 소프트 타깃는 이웃을 통해 그런 단어를 가르칠 것입니다. "
        "공유하지 않고 보통 손실로 학습한 모델과, 정답이 학습 텍스트에 나온 횟수별로 견줍니다."
    ),
    "tour.ask.rare_words": "**{run}** 모델이 **{reference}** 모델보다 잘 예측하는 곳은?",
    "tour.rare_words.option.rare": "정답이 드문 단어인 곳에서만",
    "tour.rare_words.option.frequent": "정답이 흔한 단어인 곳에서만",
    "tour.rare_words.option.all": "어디서나",
    "tour.rare_words.option.none": "확실히 그런 곳은 없다",
    "tour.rare_words.option.some": "여기저기",
    "tour.rare_words.said": "{run}: {parts}",
    "tour.rare_words.less": "더 좋음 ({bands})",
    "tour.rare_words.more": "더 나쁨 ({bands})",
    "tour.rare_words.nowhere": "어느 구간에서도 확실한 차이가 없음",
    "tour.rare_words.try": "구간별 퍼플렉서티",
    "tour.title.numbers": "숫자 읽기: 소프트 원핫",
    "tour.lead.numbers": (
        "이벤트 모델은 숫자도 읽습니다. 숫자는 버킷 하나에 딱 떨어지지 않습니다. 소프트맥스가 경계를 스스로 배운 버킷들에 숫자를 "
        "나누어 담고, 그 비율대로 버킷의 벡터를 섞습니다, $s = \\mathrm{{softmax}}(n W + b)$, $g = s E$."
    ),
    "tour.numbers.finding": "{name} = {value}: 버킷 {n_buckets}개 중 {bucket}번이 {share}, 유효 버킷은 {n}개",
    "tour.numbers.try": "모델이 읽는 모든 숫자",
    "tour.title.buckets": "버킷이 배운 것",
    "tour.lead.buckets": (
        "숫자를 어디서 자를지 모델에 알려 주는 사람은 없습니다. 모델은 다음 이벤트를 예측하는 데 도움이 될 때까지 버킷의 경계를 "
        "옮깁니다."
    ),
    "tour.ask.buckets": (
        "만들어 낸 로그에서는 {name} 값이 숨겨진 {n}개 범위 중 어디에 드는지에 따라 다음 이벤트가 정해집니다. 모델이 그 범위를 찾아낼까요?"
    ),
    "tour.buckets.option.found": "그렇다. 경계가 참 경계에 있고, 같은 비율로 자른 것보다 가깝다",
    "tour.buckets.option.even": "경계가 거기에 있지만, 같은 수의 같은 비율로 잘라도 그렇다",
    "tour.buckets.option.missed": "아니다. 경계가 다른 곳에 있다",
    "tour.buckets.finding": "참 경계 {n}개: 가장 가까운 학습된 경계의 오차는 데이터의 {learned}, 같은 수의 같은 비율로 자르면 {even}",
    "tour.buckets.worth": "숫자를 읽는 다른 방법과 로그 {log}에서 시드 {n}개로 견주면:",
    "tour.buckets.try": "버킷 사이를 움직여 보기",
    "tour.title.onward": "다음에 해 볼 것",
    "tour.lead.onward": "모든 것이 살아 있습니다. 여기서 학습하거나 가져온 모델은, 여러분의 것도, 같은 페이지에 나타납니다.",
    "tour.onward.train": "**{page}**: 나의 텍스트로 모델을 학습시키고 배우는 모습 지켜보기",
    "tour.onward.library": "**{page}**: 다른 곳의 단어 벡터나 모델 가져오기",
    "tour.onward.embedding_space": "**{page}**: 지도 두 장을 나란히",
    "tour.onward.next_token": "**{page}**: 여러분의 프롬프트로 추측하기",
    "tour.onward.tied_vs_untied": "**{page}**: 쌍둥이를 행렬마다 비교하기",
    "tour.onward.context": "**{page}**: 여러 문장 속의 한 단어",
    "tour.onward.transfer": "**{page}**: 특징과 미세 조정의 비교",
    "tour.onward.soft_one_hot": "**{page}**: 숫자가 달랐다면?",
}
