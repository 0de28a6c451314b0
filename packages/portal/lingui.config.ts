import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

/** Vietnamese is written in the source; English is its equal and may lack nothing (`catalogues` and the build fail). */
export default defineConfig({
  sourceLocale: 'vi',
  locales: ['vi', 'en'],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
  catalogs: [{ path: '<rootDir>/src/catalogues/{locale}', include: ['<rootDir>/src'] }],
})
