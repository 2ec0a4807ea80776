"""Korean: the frame around every page, and the widgets several pages share."""

TEXTS = {
    "frame.name": "reprlearn",
    "frame.tab": "{page} · reprlearn",
    "frame.about": (
        "**reprlearn**: 작은 언어 모델과 이벤트 모델을 학습시키고, 단어와 숫자에 대해 무엇을 배웠는지 보여 줍니다."
    ),
    "frame.language": "언어",
    "frame.language.name": "한국어",
    "frame.group.start": "시작",
    "frame.group.look": "모델 들여다보기",
    "frame.home": "홈",
    "frame.home.help": "학습된 모든 모델과, 두 모델의 항목별 비교입니다.",
    "frame.embedding_space": "임베딩 공간",
    "frame.embedding_space.help": "모델이 아는 모든 단어의 지도와, 단어마다 가장 가까운 이웃입니다.",
    "frame.next_token": "다음 토큰",
    "frame.next_token.help": (
        "프롬프트 다음에 두 모델이 무엇을 예상하는지, 프롬프트의 어느 단어에 놀랐는지 보여 줍니다."
    ),
    "frame.tied_vs_untied": "가중치 공유와 비공유",
    "frame.tied_vs_untied.help": (
        "단어를 읽는 행렬과 예측하는 행렬을 하나로 합치면, 또 증강 손실을 쓰면 무엇이 달라지는지 쌍둥이 모델로 "
        "측정합니다."
    ),
    "frame.context": "문맥",
    "frame.context.help": (
        "한 단어가 여러 문장에서 어떻게 다른지, 어텐션이 어디를 보는지, 빈칸에 무엇을 넣는지 보여 줍니다."
    ),
    "frame.transfer": "전이 학습",
    "frame.transfer.help": (
        "학습된 모델이 다른 과제에서 얼마나 쓸모 있는지, 특징으로 쓸 때와 미세 조정할 때, 레이블이 적을 때와 많을 때를 "
        "견줍니다."
    ),
    "frame.soft_one_hot": "소프트 원핫",
    "frame.soft_one_hot.help": (
        "모델이 숫자를 읽는 법: 학습된 버킷, 그리고 숫자가 달랐다면 다음에 무엇이 왔을지 보여 줍니다."
    ),
    "frame.group.make": "직접 만들기",
    "frame.train": "학습",
    "frame.train.help": "프로젝트의 말뭉치나 자기 데이터로 모델을 학습시키고, 배우는 모습을 지켜봅니다.",
    "frame.library": "라이브러리",
    "frame.library.help": "다른 곳의 단어 벡터나 언어 모델을 추가하고, 모두가 볼 것을 공개합니다.",
    "frame.report": "보고서",
    "frame.report.help": "고정해 둔 화면들을 순서대로 놓고 파일 하나로 가져갑니다.",
    "run.label": "모델",
    "run.label.other": "비교 대상",
    "run.none": "아직 학습된 모델이 없습니다",
    "run.none.help": (
        "이 페이지에는 해당 기능을 갖춘 모델이 필요합니다. 프로젝트 폴더에서 모델을 학습시킨 뒤 이 페이지를 새로 "
        "고치세요."
    ),
    "run.gone": "링크가 요청한 모델이 여기에 없습니다: **{name}**. 대신 보여 주는 모델: **{shown}**.",
    "run.unfit": "링크가 요청한 모델에는 여기서 보여 줄 것이 없습니다: **{name}**. 대신 보여 주는 모델: **{shown}**.",
    "link.ignored": "링크에서 여기서는 뜻이 없는 부분을 뺐습니다: {values}.",
    "run.fetching": "**{name}** 모델을 {origin}에서 가져오는 중 …",
    "run.broken": "**{name}** 모델은 목록에 있지만 쓸 수 없습니다: {reason}",
    "kind.tied": "공유",
    "kind.untied": "비공유",
    "kind.none": "해당 없음",
    "kind.classifier": "분류기",
    "kind.imported": "외부",
    "kind.imported.words": "단어 {n}개, 너비 {width}",
    "kind.imported.tokens": "{architecture}의 토큰 {n}개, 너비 {width}",
    "kind.imported.pair": "{said}: 입력 행렬과 출력 행렬",
    "matrix.label": "행렬",
    "matrix.input": "입력",
    "matrix.output": "출력",
    "matrix.help": "입력 행렬은 단어를 읽고, 출력 행렬은 단어를 예측합니다. 비공유 모델은 둘을 따로 학습합니다.",
    "matrix.tied": "행렬 하나: 이 모델은 같은 벡터로 단어를 읽고 예측합니다.",
    "number.none": "–",
    "number.hours": "{n}시간",
    "number.minutes": "{n}분",
    "number.seconds": "{n}초",
}
