/** WCAG's contrast of a colour on a ground, both as CSS says them; the browser reads and mixes them. */
export function contrast(colour: string, ground: string): number {
  const [a = 0, b = 0] = [luminance([ground, colour]), luminance([ground])].sort((a, b) => b - a)
  return (a + 0.05) / (b + 0.05)
}

/** Of colours that lie one on the other, the lowest first. */
function luminance(layers: readonly string[]): number {
  const canvas = new OffscreenCanvas(1, 1)
  const context = canvas.getContext('2d')!
  for (const layer of layers) {
    context.fillStyle = layer
    context.fillRect(0, 0, 1, 1)
  }
  const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
