"""Korean: what is written in English below the dashboard, by its English words: summaries of recipes, fields of cards."""

PHRASES: dict[str, str] = {
    "yes": "예",
    "no": "아니요",
    # What a recipe says of itself
    "Two-layer LSTM of width 200 with an output matrix of its own": "너비 200인 2층 LSTM, 출력 행렬이 따로 있음",
    "The same LSTM with one matrix for the words it reads and the words it predicts": (
        "같은 LSTM, 읽는 단어와 예측하는 단어에 행렬 하나를 함께 씀"
    ),
    "Two-layer LSTM of width 200 with an output matrix of its own, trained with the augmented loss": (
        "너비 200인 2층 LSTM, 출력 행렬이 따로 있음, 증강 손실로 학습"
    ),
    "The same LSTM with one matrix for the words it reads and the words it predicts, trained with the augmented loss": (
        "같은 LSTM, 읽는 단어와 예측하는 단어에 행렬 하나를 함께 씀, 증강 손실로 학습"
    ),
    "Four-layer transformer of width 160 with an output matrix of its own": "너비 160인 4층 트랜스포머, 출력 행렬이 따로 있음",
    "The same transformer with one matrix for the words it reads and the words it predicts": (
        "같은 트랜스포머, 읽는 단어와 예측하는 단어에 행렬 하나를 함께 씀"
    ),
    "A small tied LSTM on a part of the reviews: visibly learns in under two minutes on two cores": (
        "리뷰 일부로 학습하는 작은 공유 LSTM: 두 코어에서 2분 안에 눈에 띄게 배움"
    ),
    "Two-layer LSTM of width 100 on a seventh of the reviews, for comparisons over many seeds": (
        "리뷰의 7분의 1로 학습하는 너비 100인 2층 LSTM, 여러 시드의 비교용"
    ),
    "Two-layer LSTM of width 100 on a seventh of the reviews, for comparisons over many seeds, trained with the augmented loss": (
        "리뷰의 7분의 1로 학습하는 너비 100인 2층 LSTM, 여러 시드의 비교용, 증강 손실로 학습"
    ),
    "The same small LSTM with one matrix for the words it reads and the words it predicts": (
        "같은 작은 LSTM, 읽는 단어와 예측하는 단어에 행렬 하나를 함께 씀"
    ),
    "The same small LSTM with one matrix for the words it reads and the words it predicts, trained with the augmented loss": (
        "같은 작은 LSTM, 읽는 단어와 예측하는 단어에 행렬 하나를 함께 씀, 증강 손실로 학습"
    ),
    "A small model for an hour on two cores: wide layers behind a narrow tied embedding (on a folder of one's own)": (
        "두 코어에서 한 시간 학습하는 작은 모델: 좁은 공유 임베딩 뒤의 넓은 층 (자기 폴더의 텍스트로)"
    ),
    "The same model in a few minutes": "같은 모델을 몇 분 만에",
    "word2vec: each word predicts the words in its window": "word2vec: 각 단어가 창 안의 단어들을 예측함",
    "The same with one matrix for words and contexts, which scores every word high beside itself": (
        "단어와 문맥에 행렬 하나를 함께 쓴 것: 어떤 단어든 자기 옆에서 높은 점수를 받음"
    ),
    "word2vec: the mean of a window predicts the word in its middle": "word2vec: 창의 평균이 가운데 단어를 예측함",
    "Two recurrent language models, one a direction, over words made of their characters": (
        "문자로 만든 단어 위의 순환 언어 모델 둘, 방향마다 하나씩"
    ),
    "A transformer that reads from both sides and fills in words that were taken out": (
        "양쪽에서 읽어 가려진 단어를 채우는 트랜스포머"
    ),
    "A transformer of BERT's size that reads from the left and predicts the next word": (
        "왼쪽에서 읽으며 다음 단어를 예측하는, BERT 크기의 트랜스포머"
    ),
    "LSTM over events, their types alone": "이벤트 LSTM, 유형만",
    "LSTM over events, their scalars as numbers beside the type": "이벤트 LSTM, 스칼라를 유형 옆의 숫자로",
    "LSTM over events, their scalars as masks over the type's vector": "이벤트 LSTM, 스칼라를 유형 벡터 위의 마스크로",
    "LSTM over events, their scalars as soft one-hots": "이벤트 LSTM, 스칼라를 소프트 원핫으로",
    "LSTM over events, their scalars as hard quantile buckets": "이벤트 LSTM, 스칼라를 분위수 하드 버킷으로",
    "LSTM over events, their scalars encoded piecewise linearly": "이벤트 LSTM, 스칼라를 조각별 선형으로",
    "LSTM over events, their scalars as waves of learned frequencies": "이벤트 LSTM, 스칼라를 학습된 주파수의 파동으로",
    "LSTM over events, their scalars as soft buckets a small network finds": (
        "이벤트 LSTM, 스칼라를 작은 신경망이 찾은 소프트 버킷으로"
    ),
    "BERT, fine-tuned to tell whether a sentence likes its film": (
        "BERT, 문장이 영화를 좋게 평가하는지 가리도록 미세 조정함"
    ),
    "GPT, fine-tuned to tell whether a sentence likes its film": (
        "GPT, 문장이 영화를 좋게 평가하는지 가리도록 미세 조정함"
    ),
    "ELMo, fine-tuned to tell whether a sentence likes its film": (
        "ELMo, 문장이 영화를 좋게 평가하는지 가리도록 미세 조정함"
    ),
    "BERT, fine-tuned to tell whether a review likes its film": (
        "BERT, 리뷰가 영화를 좋게 평가하는지 가리도록 미세 조정함"
    ),
    "GPT, fine-tuned to tell whether a review likes its film": (
        "GPT, 리뷰가 영화를 좋게 평가하는지 가리도록 미세 조정함"
    ),
    "ELMo, fine-tuned to tell whether a review likes its film": (
        "ELMo, 리뷰가 영화를 좋게 평가하는지 가리도록 미세 조정함"
    ),
    # Fields of a card, and their sections
    "MAP at 5": "MAP@5",
    "MRR": "MRR",
    "SimLex-999": "SimLex-999",
    "WordSim-353": "WordSim-353",
    "backward perplexity": "역방향 퍼플렉서티",
    "blind loss": "아무것도 가르지 못할 때의 손실",
    "imported": "가져옴",
    "neighbour counts accuracy": "양옆 단어 빈도의 정확도",
    "neighbour counts loss": "양옆 단어 빈도의 손실",
    "pairs": "단어 쌍",
    "pseudo perplexity": "의사 퍼플렉서티",
    "Spearman's correlation": "스피어만 상관",
    "accuracy": "정확도",
    "activation penalty": "활성값 벌점",
    "agreement with people": "사람의 판단과의 일치",
    "analogies": "유추",
    "architecture": "구조",
    "augmented gain": "증강 손실 가중치 γ",
    "augmented gradient": "증강 타깃의 그래디언트",
    "augmented temperature": "증강 손실 온도 τ",
    "batch size": "배치 크기",
    "best epoch": "가장 좋은 에폭",
    "bigram MAP at 5": "바이그램 MAP@5",
    "bigram MRR": "바이그램 MRR",
    "bigram accuracy": "바이그램 정확도",
    "bigram loss": "바이그램 손실",
    "body": "본체",
    "buckets": "버킷",
    "capabilities": "기능",
    "cell": "셀",
    "change penalty": "변화량 벌점",
    "character width": "문자 너비",
    "clip norm": "클리핑 노름",
    "content hash": "내용 해시",
    "context length": "문맥 길이",
    "corpus": "말뭉치",
    "coverage": "포함률",
    "cut into words already": "이미 단어로 나뉨",
    "data": "데이터",
    "draw": "레이블 추출",
    "dropout": "드롭아웃",
    "duration loss": "지속 시간 손실",
    "duration weight": "지속 시간 가중치",
    "encoding": "인코딩",
    "epochs": "에폭",
    "events": "이벤트",
    "filters": "필터",
    "finished": "끝난 시각",
    "fit": "학습",
    "folder": "폴더",
    "form": "형태",
    "frequency scale": "주파수 크기",
    "hidden width": "은닉층 너비",
    "hold": "학습률 유지",
    "input": "입력",
    "kind": "종류",
    "known pairs or questions": "아는 쌍 또는 문제",
    "layers": "층 수",
    "learning rate": "학습률",
    "licence": "이용 허락",
    "log": "로그",
    "log duration rmse": "로그 지속 시간 RMSE",
    "longest sequence": "가장 긴 시퀀스",
    "longest word": "가장 긴 단어",
    "loss": "손실",
    "loss without unknown words": "손실, 미지의 단어 제외",
    "machine": "컴퓨터",
    "majority MAP at 5": "최빈 유형 MAP@5",
    "majority MRR": "최빈 유형 MRR",
    "majority accuracy": "최빈 유형 정확도",
    "majority loss": "최빈 유형 손실",
    "matrices": "행렬",
    "matrix rate": "행렬 학습률",
    "max words": "최대 단어 수",
    "model": "모델",
    "momentum": "모멘텀",
    "name": "이름",
    "number of heads": "헤드 수",
    "number of highways": "하이웨이 수",
    "number of labels": "레이블 수",
    "number of negatives": "네거티브 수",
    "number of noise": "노이즈 수",
    "number of train sequences": "학습 시퀀스 수",
    "number of valid": "검증 텍스트 수",
    "objective": "목적 함수",
    "optimiser": "옵티마이저",
    "oracle loss": "최적 손실",
    "oracle loss without scalar": "최적 손실, 스칼라 제외",
    "output": "출력",
    "parameters": "파라미터",
    "patience": "기다릴 에폭",
    "perplexity": "퍼플렉서티",
    "perplexity without unknown words": "퍼플렉서티, 미지의 단어 제외",
    "precision": "정밀도",
    "projection": "투영",
    "projection penalty": "투영 벌점",
    "python": "python",
    "recurrent dropout": "순환 드롭아웃",
    "reprlearn": "reprlearn",
    "rotated": "시작점 이동",
    "scalar columns": "스칼라 열",
    "scalars": "스칼라",
    "schedule": "학습률 일정",
    "second moment decay": "2차 모멘트 감쇠",
    "seed": "시드",
    "sequence column": "시퀀스 열",
    "sequence length": "시퀀스 길이",
    "sequences": "시퀀스",
    "share": "비율",
    "size": "크기",
    "snapshot words": "스냅샷 단어 수",
    "snapshots per epoch": "에폭당 스냅샷",
    "source": "출처",
    "start from": "출발 모델",
    "summary": "요약",
    "table": "표",
    "task": "과제",
    "temperature": "온도",
    "test": "테스트",
    "texts": "텍스트",
    "threshold": "문턱값",
    "tied": "가중치 공유",
    "time": "시간",
    "time column": "시각 열",
    "time unit": "시간 단위",
    "tokens": "토큰",
    "tokens out of vocabulary": "어휘에 없는 토큰",
    "tokens per second": "초당 토큰",
    "torch": "torch",
    "train": "학습 데이터",
    "training tokens at most": "학습 토큰 상한",
    "type column": "유형 열",
    "valid": "검증",
    "version of the card": "카드 버전",
    "versions": "버전",
    "vocabulary": "어휘",
    "warmup steps": "워밍업 스텝",
    "weight decay": "가중치 감쇠",
    "width": "너비",
    "window": "창",
    "words filled in": "채운 단어",
    "words of": "단어의 출처",
    # What vectors and models from elsewhere can be
    "GloVe text": "GloVe 텍스트",
    "word2vec text": "word2vec 텍스트",
    "word2vec binary": "word2vec 바이너리",
    "NumPy array and words": "NumPy 배열과 단어 목록",
    "TensorBoard projector": "TensorBoard 프로젝터",
    "safetensors and words": "safetensors와 단어 목록",
    "Hugging Face model": "Hugging Face 모델",
    "word dropout": "단어 드롭아웃",
}
