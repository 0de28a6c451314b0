import { label } from '@haidang/contracts/label'
import type { Language } from '@haidang/contracts/person'
import { personalDataRegister } from '@haidang/contracts/personal-data'

const heads = [
  label('Mã', 'Id'),
  label('Dữ liệu', 'Data'),
  label('Của ai', 'Of whom'),
  label('Mục đích', 'Purpose'),
  label('Căn cứ', 'Ground'),
  label('Ai xem được', 'Who sees it'),
  label('Thời hạn', 'Kept'),
  label('Ở đâu', 'Where'),
]

/** The register of processing as rows of a sheet, heads first. */
export function registerRows(language: Language): string[][] {
  const rows = personalDataRegister.map((entry) => {
    const { id, data, subjects, purpose, basis, readers, kept, columns } = entry
    const words = [data, subjects, purpose, basis, readers, kept].map((word) => word[language])
    return [id, ...words, columns.join(', ')]
  })
  return [heads.map((head) => head[language]), ...rows]
}
