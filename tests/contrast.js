// The texts on a page that stand out too little from what is behind them, as the guidelines for accessibility count it
// (WCAG 2.2, 1.4.3: a ratio of 4.5).
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = rgba(getComputedStyle(one).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255];
  };
  const ratio = (element) => {
    const [one, two] = [luminance(rgba(getComputedStyle(element).color)), luminance(behind(element))];
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const seen = [...document.querySelectorAll("body *")].filter(
    (one) => hasText(one) && one.checkVisibility() && !one.closest("svg, .unseen, option"),
  );
  return seen.filter((one) => ratio(one) < 4.5).map((one) => `${one.outerHTML.slice(0, 80)}: ${ratio(one).toFixed(2)}`);
}
