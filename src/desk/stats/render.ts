import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { renderAsync } from '@resvg/resvg-js'

const require = createRequire(import.meta.url)
/** The fonts come with the program, so that a picture looks the same on a server that has none. */
const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf')

const OPTIONS = {
  font: {
    fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(fonts, name)),
    loadSystemFonts: false,
    defaultFontFamily: 'DejaVu Sans',
  },
}

/** Drawn beside the event loop, in the library's own thread: a picture takes a tenth of a second, in which nobody could be answered. */
export const render = async (svg: string): Promise<Buffer> => (await renderAsync(svg, OPTIONS)).asPng()
