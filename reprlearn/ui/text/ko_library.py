"""Korean: the Library page."""

TEXTS: dict[str, str] = {
    "library.lead": (
        "다른 곳에서 만든 벡터와 모델도 여기서 학습한 모델처럼 이 대시보드의 페이지에서 열립니다. 단어의 지도와 단어마다 "
        "가까운 이웃을 보고, 둘을 나란히 견주고, 언어 모델이라면 다음에 무엇을 예상하는지도 봅니다. 올린 것은 공개하기 "
        "전까지 올린 사람만 볼 수 있습니다."
    ),
    "library.add": "올리기",
    "library.add.button": "추가",
    "library.read_only": "읽기 전용으로 설치되어 있어, 여기서는 추가도 공개도 삭제도 할 수 없습니다.",
    "library.files": "함께 쓰는 파일들",
    "library.files.help": (
        "파일 하나, 또는 벡터 한 벌이나 모델 하나의 파일 전부입니다. 데이터로만 읽으며, 그 안의 어떤 것도 실행하지 "
        "않습니다."
    ),
    "library.format": "형식",
    "library.format.files": "파일",
    "library.format.glove": "한 줄에 단어 하나와 그 숫자들",
    "library.format.word2vec_text": "같은 형식, 첫 줄에 두 크기가 있음. fastText의 `.vec` 파일도 됨",
    "library.format.word2vec_binary": "`.bin` 파일",
    "library.format.npy": "`.npy` 파일과, 한 줄에 하나씩 적은 단어 목록",
    "library.format.projector": "`vectors.tsv` 파일과 `metadata.tsv` 파일",
    "library.format.safetensors": "`.safetensors` 파일과, 한 줄에 하나씩 적은 단어 목록",
    "library.format.hugging_face": "`config.json`, `tokenizer.json` 파일과 `.safetensors` 파일들",
    "library.large": (
        "같은 단어들의 벡터 파일이 둘이면 입력 행렬과 출력 행렬로 엽니다. 단어는 40만 개, 벡터는 숫자 300개까지 "
        "읽습니다. {n} MB가 넘는 파일은 명령줄에서 추가하며, 그러면 바로 모두에게 보입니다:"
    ),
    "library.recognised": "알아낸 형식: {format}.",
    "library.input": "입력 행렬",
    "library.input.help": "입력 행렬은 단어를 읽고, 출력(또는 문맥) 행렬은 단어를 예측합니다.",
    "library.name": "이름",
    "library.name.help": (
        "영문자 A–Z, 숫자, 마침표, 밑줄, 붙임표를 쓸 수 있습니다. 모든 페이지와 링크에서 이 이름으로 부릅니다."
    ),
    "library.reading": "숫자를 모두 읽는 중 …",
    "library.too_many": "파일 {n}개는 너무 많습니다. 한 번에 {most}개까지 읽습니다",
    "library.too_large": "{name}: 여기서 받는 파일의 한도 {n} MB보다 큽니다. 명령줄을 쓰세요",
    "library.too_large.all": "모두 합쳐 여기서 받는 한도 {n} MB보다 큽니다. 명령줄을 쓰세요",
    "library.twice": "{name}: 이름이 같은 파일이 둘입니다",
    "library.bad_name": "{name}: 파일 이름으로 쓸 수 없습니다. 이름을 바꾸세요",
    "library.taken": "이름이 같은 모델이 이미 있습니다: {name}. 다른 이름을 고르세요",
    "library.added": "추가했습니다: **{name}**. 모든 페이지의 모델 목록에 나오며, 다른 사람에게는 보이지 않습니다.",
    "library.everybodys": "공개된 것",
    "library.everybodys.none": "아직 없습니다. 공개한 모델은 이 대시보드를 여는 모두에게 보입니다.",
    "library.published": "공개했습니다: **{name}**. 이제 여기의 모두에게 보입니다.",
    "library.deleted": "삭제했습니다: **{name}**.",
    "library.own": "내가 올리고 공개하지 않은 것",
    "library.own.help": (
        "이 브라우저에서 마지막으로 본 뒤 {hours}시간 동안 남아 있습니다. 다른 사람에게는 보이지 않습니다."
    ),
    "library.private": "나만 보기",
    "library.from": "{day} 추가. {source}",
    "library.publish": "공개",
    "library.delete": "삭제",
    "library.delete.button": "지우기",
    "library.delete.sure": "**{name}** 모델이 사라집니다.",
    "library.delete.sure.all": "**{name}** 모델이 모두에게서 사라집니다.",
}
