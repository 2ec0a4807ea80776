"""Korean: training as a film."""

TEXTS = {
    "tied.film.none": (
        "이 모델들 가운데 학습 스냅샷을 남긴 것이 없습니다. `--fit.snapshots-per-epoch 4` 옵션으로 학습시키면 필름을 "
        "볼 수 있습니다."
    ),
    "tied.film.film": "필름",
    "tied.film.beside": "나란히 볼 필름",
    "tied.film.alone": "없음",
    "tied.film.method": "지도",
    "tied.film.method.umap": "UMAP",
    "tied.film.method.pca": "투영",
    "tied.film.method.help": (
        "**UMAP** 지도는 누가 누구와 가까운지 보여 줍니다. 스냅샷마다 지도를 만들고, 각 단어를 앞뒤 스냅샷의 자리 "
        "가까이에 붙들어 둡니다. **투영** 지도는 학습이 끝났을 때 단어들이 가장 넓게 퍼지는 두 방향을 따라 공간을 "
        "그대로 들여다봅니다. 그 안의 길이는 실제와 같지만 공간의 대부분은 보이지 않습니다."
    ),
    "tied.film.named": "따라갈 단어",
    "tied.film.named.help": "스냅샷에 있는 단어 {n}개 중에서 고릅니다.",
    "tied.film.running": "필름을 만드는 중입니다. 모델과 함께 저장되지 않은 UMAP 지도는 1–2분 걸립니다.",
    "tied.film.play": "재생",
    "tied.film.pause": "멈춤",
    "tied.film.epoch": "에폭 ",
    "tied.film.axis.epoch": "에폭",
    "tied.film.axis.perplexity": "학습 퍼플렉서티",
    "tied.film.axis.tied": "입력 ∩ 출력",
    "tied.film.title": "{first}: 마지막 최근접 이웃의 절반을 {last} 에폭 중 {half} 에폭에 이미 찾는다",
    "tied.film.title.same": (
        "{first}, {second}: 모두 마지막 최근접 이웃의 절반을 {last} 에폭 중 {half} 에폭에 이미 찾는다"
    ),
    "tied.film.title.sooner": (
        "마지막 최근접 이웃의 절반을 {first} 모델은 {last} 에폭 중 {half} 에폭에, {second} 모델은 {other} 에폭에 찾는다"
    ),
    "tied.film.alt": (
        "{names}: 가장 자주 나오는 단어들이 학습 동안 움직이는 지도. 그 아래에 퍼플렉서티와, 입력 행렬과 출력 행렬이 "
        "함께 가진 최근접 이웃의 비율."
    ),
    "tied.film.note.umap": (
        "단어 {n}개. 색은 왼쪽 필름의 마지막 프레임을 원래 공간에서 k-평균으로 나눈 군집입니다. 최근접 이웃은 이 "
        "단어들 사이에서, 원래 공간에서, 코사인 유사도로 10개씩 찾습니다. 마지막 프레임의 신뢰도: {trust}. UMAP "
        "지도에서 섬이 어디에 있는지, 다른 섬에서 얼마나 먼지는 의미가 없습니다. *입력 ∩ 출력*: 한 단어의 최근접 이웃 "
        "가운데 두 행렬에 공통인 것. 공유 모델에는 행렬이 하나뿐입니다."
    ),
    "tied.film.note.pca": (
        "단어 {n}개. 색은 왼쪽 필름의 마지막 프레임을 원래 공간에서 k-평균으로 나눈 군집입니다. 최근접 이웃은 이 "
        "단어들 사이에서, 원래 공간에서, 코사인 유사도로 10개씩 찾습니다. 마지막 프레임의 신뢰도: {trust}. 두 "
        "방향만으로는 누가 누구와 가까운지 거의 보이지 않습니다. *입력 ∩ 출력*: 한 단어의 최근접 이웃 가운데 두 "
        "행렬에 공통인 것. 공유 모델에는 행렬이 하나뿐입니다."
    ),
}
