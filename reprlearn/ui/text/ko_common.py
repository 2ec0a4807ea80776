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
    "frame.soft_one_hot": "소프트 원핫",
    "frame.soft_one_hot.help": (
        "모델이 숫자를 읽는 법: 학습된 버킷, 그리고 숫자가 달랐다면 다음에 무엇이 왔을지 보여 줍니다."
    ),
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
    "run.broken": "**{name}** 모델은 목록에 있지만 쓸 수 없습니다: {reason}",
    "kind.tied": "공유",
    "kind.untied": "비공유",
    "kind.none": "해당 없음",
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
