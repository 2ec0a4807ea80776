// Buttons that save a chart of the page as a picture. Streamlit keeps plotly.js to itself: they set the format of the chart's
// own camera button and press it.

const save = (chart, format) => {
  const plot = document.querySelector(`.${chart} .js-plotly-plot`);
  const camera = plot?.querySelector('.modebar-btn[data-title^="Download plot"]');
  if (!camera) return;
  const own = plot._context.toImageButtonOptions;
  plot._context.toImageButtonOptions = { ...own, format, scale: format === "png" ? 2 : 1 };
  camera.click();
  plot._context.toImageButtonOptions = own;
};

export default function render({ parentElement, data }) {
  const row = parentElement.querySelector(".image-buttons");
  row.replaceChildren(...["png", "svg"].map((format) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = data[format];
    button.onclick = () => save(data.chart, format);
    return button;
  }));
}
