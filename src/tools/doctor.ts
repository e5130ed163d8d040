import { examine } from './doctor-examine.ts'
import { showPoint } from './doctor-point.ts'

/** npm run doctor: what keeps this desk from working, point by point. Changes nothing. */
const points = await examine()
for (const point of points) console.log(showPoint(point))
const bad = points.filter(({ state }) => state === 'bad').length
console.log(bad === 0 ? '\nAll is well.' : `\n${bad} to mend.`)
process.exit(bad === 0 ? 0 : 1)
