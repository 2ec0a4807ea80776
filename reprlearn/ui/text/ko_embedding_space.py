"""Korean: the Embedding space page, and the maps component."""

TEXTS: dict[str, str] = {
    "linked_maps.loading": "지도를 그리는 중 …",
    "linked_maps.failed": (
        "지도를 불러오지 못했습니다. 페이지를 새로 고치세요. 그래도 안 되면 서버가 멈췄을 수 있습니다."
    ),
    "linked_maps.no_webgl": (
        "이 브라우저에는 수천 개의 점을 그리는 데 필요한 WebGL이 없습니다. 설정에서 하드웨어 가속을 켜거나 다른 "
        "브라우저를 쓰세요. 이 페이지의 이웃 목록과 표는 WebGL 없이도 볼 수 있습니다."
    ),
    "linked_maps.png": "PNG로 내려받기",
    "linked_maps.svg": "SVG로 내려받기",
    "linked_maps.keys": "화살표 키로 움직이고, +와 −로 확대·축소하고, 0으로 전체를 보고, Esc로 선택을 해제합니다.",
    "embedding_space.title.input": "**{run}** 모델이 읽는 단어들",
    "embedding_space.title.output": "**{run}** 모델이 예측하는 단어들",
    "embedding_space.title.tied": "**{run}** 모델의 단어들: 한 행렬로 읽고 예측한다",
    "embedding_space.title.tied.vectors": "**{run}** 모델의 단어들",
    "embedding_space.title.input.vectors": "**{run}** 모델의 단어들, 입력 행렬",
    "embedding_space.title.output.vectors": "**{run}** 모델의 단어들, 출력 행렬",
    "embedding_space.title.input.events": "**{run}** 모델이 읽는 이벤트 유형들",
    "embedding_space.title.output.events": "**{run}** 모델이 예측하는 이벤트 유형들",
    "embedding_space.title.tied.events": "**{run}** 모델의 이벤트 유형들: 한 행렬로 읽고 예측한다",
    "embedding_space.title.compare": "**{a}**, **{b}** 비교",
    "embedding_space.side": "{run}, {matrix}",
    "embedding_space.map": "지도",
    "embedding_space.map.umap2": "UMAP 2차원",
    "embedding_space.map.umap3": "UMAP 3차원",
    "embedding_space.map.pca2": "PCA 2차원",
    "embedding_space.map.pca3": "PCA 3차원",
    "embedding_space.map.places": "UMAP과 지구본",
    "embedding_space.map.places_pca": "PCA와 지구본",
    "embedding_space.too_few": "**{run}** 모델이 아는 단어는 {n}개뿐이라 지도를 그릴 수 없습니다.",
    "embedding_space.too_few.events": "**{run}** 모델이 아는 이벤트 유형은 {n}개뿐이라 지도를 그릴 수 없습니다.",
    "embedding_space.colour": "색",
    "embedding_space.colour.cluster": "군집",
    "embedding_space.colour.log_frequency": "빈도",
    "embedding_space.colour.norm": "벡터 길이",
    "embedding_space.colour.overlap": "이웃 유지율",
    "embedding_space.colour_title.cluster": "",
    "embedding_space.colour_title.log_frequency": "출현 횟수",
    "embedding_space.colour_title.norm": "벡터 길이",
    "embedding_space.colour_title.overlap": "이웃 유지율",
    "embedding_space.compare": "비교",
    "embedding_space.more": "더 보기",
    "embedding_space.band": "단어의 출현 횟수",
    "embedding_space.band.help": (
        "학습 텍스트에 나온 횟수가 첫 수와 둘째 수 사이인 단어만 봅니다. 예약 단어는 한 번도 나오지 않습니다."
    ),
    "embedding_space.band.events": "이벤트 유형의 출현 횟수",
    "embedding_space.band.help.events": "학습 시퀀스에 나온 횟수가 첫 수와 둘째 수 사이인 이벤트 유형만 봅니다.",
    "embedding_space.pca.help": "주성분에는 다른 설정이 없습니다.",
    "embedding_space.umap": "**UMAP.** 설정을 바꾸면 다른 지도가 되며, 지시할 때 계산합니다.",
    "embedding_space.n_neighbors": "이웃 수",
    "embedding_space.n_neighbors.help": (
        "점마다 몇 개의 이웃을 지도에서 지키려 하는지입니다. 많으면 전체가, 적으면 세부가 잘 보입니다."
    ),
    "embedding_space.min_dist": "최소 거리",
    "embedding_space.min_dist.help": "점들을 얼마나 촘촘히 놓을 수 있는지입니다.",
    "embedding_space.seed": "시드",
    "embedding_space.word": "단어",
    "embedding_space.word.placeholder": "단어 찾기",
    "embedding_space.word.none": (
        "단어를 찾거나 지도에서 누르면, 모델에서 그 단어와 가장 가까운 단어들이 여기에 나옵니다."
    ),
    "embedding_space.word.events": "이벤트 유형",
    "embedding_space.word.placeholder.events": "이름이나 코드 찾기",
    "embedding_space.word.none.events": (
        "이벤트 유형을 찾거나 지도에서 누르면, 모델에서 그 유형과 가장 가까운 유형들이 여기에 나옵니다."
    ),
    "embedding_space.unknown.events": "**{word}**: {run} 모델의 이벤트 유형 {n_words}개 가운데 없습니다.",
    "embedding_space.unknown": "**{word}**: {run} 모델의 단어 {n_words}개 가운데 없습니다.",
    "embedding_space.unknown_there": "**{word}**: {side}에서는 모르는 단어입니다.",
    "embedding_space.close": "철자가 비슷한 것:",
    "embedding_space.nearest": "최근접 이웃: **{word}**",
    "embedding_space.nearest.named": "{side}의 최근접 이웃: **{word}**",
    "embedding_space.nearest.help": "지도 위의 거리가 아니라, 전체 벡터 사이의 코사인 유사도로 정합니다.",
    "embedding_space.column.word": "단어",
    "embedding_space.column.word.events": "이벤트 유형",
    "embedding_space.column.cosine": "코사인",
    "embedding_space.column.count": "횟수",
    "embedding_space.column.norm": "벡터 길이",
    "embedding_space.column.cluster": "군집",
    "embedding_space.column.overlap": "유지율",
    "embedding_space.column.neighbours": "{side}의 최근접 이웃",
    "embedding_space.sentences": "{word} 예문",
    "embedding_space.sentences.with": "함께 나오는 단어",
    "embedding_space.sentences.reading": "말뭉치를 읽는 중 …",
    "embedding_space.sentences.none": (
        "**{a}**, **{b}**: 함께 나오는 학습 문장이 없습니다. 둘레에 오는 단어가 비슷해서 모델이 둘을 가까이 둔 "
        "것입니다."
    ),
    "embedding_space.trust.high": "신뢰도 **{score}**: 여기서 이웃인 것은 거의 모두 모델에서도 이웃입니다.",
    "embedding_space.trust.good": "신뢰도 **{score}**: 여기서 이웃인 것은 대부분 모델에서도 이웃입니다.",
    "embedding_space.trust.fair": "신뢰도 **{score}**: 여기서 이웃이어도 모델에서는 이웃이 아닌 것이 많습니다.",
    "embedding_space.trust.low": "신뢰도 **{score}**: 여기서 맞닿아 있는 것에 의미를 두지 마세요.",
    "embedding_space.trust.help": (
        "{config}. 신뢰도(trustworthiness)는 1이 가장 좋습니다. 지도에서 가장 가까운 {k}개의 점 가운데 몇 개가 전체 "
        "공간에서도 가까운지를 재고, 나머지는 실제로 먼 만큼 깎습니다. 평면 지도에서 군집 사이의 틈과 거리는 별 "
        "의미가 없습니다. 이웃 표는 정확합니다."
    ),
    "embedding_space.variance": "이 축들은 분산의 {share}를 담습니다.",
    "embedding_space.config.pca": "PCA, {n_dims}차원",
    "embedding_space.config.umap": "UMAP, {n_dims}차원, 이웃 {n_neighbors}개, 최소 거리 {min_dist}, 시드 {seed}",
    "embedding_space.shown.all": "단어 {n}개를 모두 보여 줍니다.",
    "embedding_space.shown.band": "단어 {n_words}개 중 {n}개를 보여 줍니다: 고른 빈도 안의 단어입니다.",
    "embedding_space.shown.shared": "단어 {n_words}개 중 {n}개를 보여 줍니다: 양쪽이 모두 아는 단어입니다.",
    "embedding_space.shown.sampled": "단어 {n_in_band}개 중 {n}개를 추려 보여 줍니다: 가장 자주 나오는 단어입니다.",
    "embedding_space.shown.sampled.uncounted": (
        "단어 {n_in_band}개 중 {n}개를 추려 보여 줍니다: 파일의 앞부분에 있는 단어입니다."
    ),
    "embedding_space.shown.among": (
        "단어 {n_words}개 중 {n}개를 보여 줍니다: 양쪽이 모두 아는, 가장 자주 나오는 단어입니다."
    ),
    "embedding_space.shown.among.uncounted": (
        "단어 {n_words}개 중 {n}개를 보여 줍니다: 양쪽이 모두 아는, 파일의 앞부분에 있는 단어입니다."
    ),
    "embedding_space.shown.all.events": "이벤트 유형 {n}개를 모두 보여 줍니다.",
    "embedding_space.shown.band.events": "이벤트 유형 {n_words}개 중 {n}개를 보여 줍니다: 고른 빈도 안의 유형입니다.",
    "embedding_space.shown.shared.events": (
        "이벤트 유형 {n_words}개 중 {n}개를 보여 줍니다: 양쪽이 모두 아는 유형입니다."
    ),
    "embedding_space.shown.sampled.events": (
        "이벤트 유형 {n_in_band}개 중 {n}개를 추려 보여 줍니다: 가장 자주 나오는 유형입니다."
    ),
    "embedding_space.nothing_shared": "**{a}**, **{b}**: 지금 설정에서 보여 줄 공통된 것이 없습니다.",
    "embedding_space.outside.events": "멀리 떨어진 이벤트 유형 {n}개는 화면 밖에 있음",
    "embedding_space.outside": "멀리 떨어진 단어 {n}개는 화면 밖에 있음",
    "embedding_space.not_computed": (
        "**{sides}**: 이 지도는 아직 아무도 계산하지 않았습니다: {config}. 처음 한 번, 1분쯤 걸립니다. 그때까지는 "
        "아래에 다른 지도를 보여 줍니다."
    ),
    "embedding_space.compute": "계산하기",
    "embedding_space.computing": "끝날 때까지 컨트롤을 건드리지 마세요. 다른 것을 고르면 계산이 멈춥니다.",
    "embedding_space.computing.part": "가장 자주 나오는 단어 {n}개로 만들며, 몇 분 걸립니다.",
    "embedding_space.computing.part.uncounted": "파일의 처음 {n}단어로 만들며, 몇 분 걸립니다.",
    "embedding_space.stage.neighbours": "{side}: 이웃을 찾는 중",
    "embedding_space.stage.umap_import": "{side}: UMAP을 시작하는 중 (처음에는 20초쯤)",
    "embedding_space.stage.umap": "{side}: 지도를 배치하는 중",
    "embedding_space.stage.trustworthiness": "{side}: 지도를 얼마나 믿을 수 있는지 재는 중",
    "embedding_space.stage.done": "{side}: 완료",
    "embedding_space.places": "지구본 위에서",
    "embedding_space.places.outside": "멀리 떨어진 장소 {n}곳은 화면 밖에 있음",
    "embedding_space.places.compass": "WESN",
    "embedding_space.places.strong": "가까운 장소는 벡터도 가깝다",
    "embedding_space.places.some": "가까운 장소는 벡터도 더 가까운 편이다",
    "embedding_space.places.trace": "벡터에 지리의 흔적만 보인다",
    "embedding_space.places.none": "벡터에 지리가 보이지 않는다",
    "embedding_space.places.found": (
        "**지구본**: {finding}. 지구본 위의 거리와 벡터 사이 거리의 순위 상관 **{correlation}** ({p}, {least}번 이상 "
        "나온 이벤트 유형 {n}개)."
    ),
    "embedding_space.places.few": "**지구본**: 거리를 비교할 만큼 자주 나온 장소가 너무 적습니다.",
    "embedding_space.places.p": "p = {p}",
    "embedding_space.places.help": (
        "지구본: 모든 장소 쌍에 대해, 대권 거리와 전체 벡터의 코사인 거리 사이의 스피어만 상관입니다. p는 장소를 "
        "999번 뒤섞는 맨텔 검정의 값입니다."
    ),
    "embedding_space.places.unknown": "그중 {n}개는 알려진 장소가 아니어서 왼쪽 지도에만 있습니다.",
    "embedding_space.places.pair": "장소 쌍",
    "embedding_space.places.median": "중앙값과 가운데 절반",
    "embedding_space.places.km": "대권 거리 (km)",
    "embedding_space.places.cosine": "벡터의 코사인 거리",
    "embedding_space.alt": "{side}의 단어 {n}개의 지도. 색: {colour}.",
    "embedding_space.alt.events": "{side}의 이벤트 유형 {n}개의 지도. 색: {colour}.",
    "embedding_space.alt.places": "같은 이벤트 유형 {n}개를 경도와 위도에 놓은 지도. 색: {colour}.",
    "embedding_space.alt.word": "강조된 것: {words}.",
    "embedding_space.selection": "선택한 단어 {n}개",
    "embedding_space.selection.events": "선택한 이벤트 유형 {n}개",
    "embedding_space.selection.how.events": (
        "점을 누르면 그 유형을 찾습니다. 지도 오른쪽 위의 올가미나 상자로 둘러싸면 이벤트 유형이 표로 나오고, Shift를 "
        "누른 채로는 더해집니다. 두 번 누르면 해제됩니다."
    ),
    "embedding_space.selection.how_3d.events": (
        "점을 누르면 그 유형을 찾고, 끌면 돌아갑니다. 이벤트 유형은 2차원에서 선택합니다."
    ),
    "embedding_space.selection.how": (
        "점을 누르면 그 단어를 찾습니다. 지도 오른쪽 위의 올가미나 상자로 둘러싸면 단어가 표로 나오고, Shift를 누른 "
        "채로는 더해집니다. 두 번 누르면 해제됩니다."
    ),
    "embedding_space.selection.how_3d": "점을 누르면 그 단어를 찾고, 끌면 돌아갑니다. 단어는 2차원에서 선택합니다.",
    "embedding_space.changes": "이웃이 바뀐 단어",
    "embedding_space.changes.help": (
        "어느 한쪽에서라도 가장 가까운 {k}개에 드는 단어 가운데, 양쪽 모두에 드는 단어의 비율입니다. 행을 고르면 그 "
        "단어를 봅니다."
    ),
    "embedding_space.changes.events": "이웃이 바뀐 이벤트 유형",
    "embedding_space.changes.help.events": (
        "어느 한쪽에서라도 가장 가까운 {k}개에 드는 이벤트 유형 가운데, 양쪽 모두에 드는 유형의 비율입니다. 행을 "
        "고르면 그 유형을 봅니다."
    ),
    "embedding_space.changes.mean.events": (
        "이웃 유지율은 평균 **{mean}**, 표는 이벤트 유형 {n_words}개 중 {n}개입니다."
    ),
    "embedding_space.changes.mean": "이웃 유지율은 평균 **{mean}**, 표는 단어 {n_words}개 중 {n}개입니다.",
    "embedding_space.changes.word": "**{word}** 이웃 유지율: **{overlap}**.",
    "embedding_space.changes.among": ("한쪽 모델의 단어가 너무 많아, 보이는 단어 {n}개 사이에서만 찾았습니다."),
    "embedding_space.changes.order": "순서",
    "embedding_space.changes.most": "많이 바뀐 순",
    "embedding_space.changes.least": "적게 바뀐 순",
    "embedding_space.export": "내보내기",
    "embedding_space.export.csv": "단어 {n}개의 표 (CSV)",
    "embedding_space.export.csv.events": "이벤트 유형 {n}개의 표 (CSV)",
    "embedding_space.export.metadata.events": "프로젝터용 이름 목록 (TSV)",
    "embedding_space.export.places": "경도·위도 지도 (HTML)",
    "embedding_space.export.vectors": "TensorBoard 프로젝터용 벡터 {n}개 (TSV)",
    "embedding_space.export.large": "벡터 {n}개는 여기서 보내기에 너무 많습니다. 명령줄에서는:",
    "embedding_space.export.metadata": "프로젝터용 단어 목록 (TSV)",
    "embedding_space.export.word2vec": "word2vec 텍스트 형식의 벡터 {n}개",
    "embedding_space.export.html": "지도를 웹 페이지로 (HTML)",
}
