import { CsvReading } from '@haidang/contracts/record-reading'
import type { SourceDraft } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'

/** What a reading says of separated values where it says nothing. */
export const usualCsv: CsvReading = CsvReading.parse({})

/** How the records of a source are read. */
export type SetReading = Pick<SourceDraft, 'format' | 'zone' | 'reading'>

/** Of a source nobody said anything of. */
export const usualReading: SetReading = {
  format: 'auto',
  zone: 'Asia/Ho_Chi_Minh',
  reading: { encoding: 'auto' },
}

/** Words for the fields, by the place of each in a draft. */
export function useReadingNames() {
  const { t } = useLingui()
  return {
    format: t`Định dạng`,
    zone: t`Múi giờ của bên gửi`,
    'reading.encoding': t`Bảng mã chữ`,
    'reading.csv.columns': t`Tên các cột`,
    'reading.csv.mapping': t`Cột nào vào đâu`,
    'reading.csv.time_format': t`Dạng thời gian`,
  }
}
