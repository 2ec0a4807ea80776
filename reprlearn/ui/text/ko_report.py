"""Korean: taking views away, and the report."""

TEXTS: dict[str, str] = {
    "take.pin": "고정",
    "take.pin.help": "지금 보이는 그대로 보고서에 담아 둡니다.",
    "take.pinned": "고정했습니다. 보고서에 담긴 화면: {n}개. 왼쪽의 보고서에서 볼 수 있습니다.",
    "take.refused.twice": "이 화면은 이미 보고서에 있습니다.",
    "take.refused.many": "보고서에는 화면을 {n}개까지 담을 수 있습니다. 먼저 하나를 빼세요.",
    "take.refused.large": "이 화면은 보고서에 담기에 너무 큽니다: {each} MB 초과. 점을 줄인 뒤 다시 고정하세요.",
    "take.refused.full": "보고서가 찼습니다. 모두 합해 {all} MB까지 담을 수 있습니다. 먼저 하나를 빼세요.",
    "take.save": "저장",
    "take.html": "독립된 페이지 (HTML)",
    "take.csv": "그림의 수치 (CSV)",
    "report.lead": (
        "다른 페이지에서 고정한 화면들을 파일 하나에 담습니다. 그림은 그대로 확대할 수 있고, 덧붙인 글과 원래 화면으로 "
        "돌아가는 링크, 모델의 카드가 함께 들어갑니다. 이 대시보드나 네트워크가 없어도 열립니다."
    ),
    "report.none": "아직 고정한 화면이 없습니다",
    "report.none.help": (
        "모든 그림과 표 아래에 **고정** 단추가 있습니다. 누르면 보이는 그대로 보고서에 담기고, 여기서 순서를 정하고 글을 "
        "덧붙입니다. 여기서 시작하세요:"
    ),
    "report.kept": "고정한 화면은 본인에게만 보입니다. 이 탭이 열려 있는 동안 남고, 탭을 새로 고치면 사라집니다.",
    "report.title": "보고서 제목",
    "report.title.first": "이 모델들이 배운 것",
    "report.download": "보고서 내려받기",
    "report.size": "화면: {most}개 중 {n}개. 최대 {size} MB.",
    "report.cards": "카드: {names}",
    "report.cards.gone": "카드가 남아 있지 않은 모델: {names}",
    "report.view.title": "화면 {n}의 제목",
    "report.view.note": "무엇을 볼 것인지",
    "report.view.note.placeholder": "읽는 이를 위한 한두 문장",
    "report.view.up": "위로",
    "report.view.down": "아래로",
    "report.view.remove": "빼기",
    "report.view.look": "보기",
    "report.view.open": "다시 열기",
    "report.view.seen": "{page}, 본 시각 {time} UTC",
    "report.section.model": "모델",
    "report.section.data": "데이터",
    "report.section.training": "학습",
    "report.section.numbers": "수치",
    "report.section.recipe": "레시피",
}
