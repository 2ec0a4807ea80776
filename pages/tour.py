"""The guided tour: from what a representation is to what one's own model may learn, a screen a step."""

from reprlearn.ui import frame
from reprlearn.ui.tour import stage

frame.page("tour")
stage.show()
