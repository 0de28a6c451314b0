import type { Expert } from '@haidang/contracts/expert'
import { type Label, label } from '@haidang/contracts/label'
import { labels } from '@haidang/contracts/labels'
import { type SheetColumn, yes } from '../../sheets/sheet-rows.ts'
import type { Competence } from './expert.ts'

/** The columns of the roster; `units` says what provinces are called. */
export function expertColumns(
  { specialities }: Competence,
  units: ReadonlyMap<string, Label>,
): readonly SheetColumn<Expert>[] {
  const names = new Map(specialities.map(({ id, name }) => [id, name]))
  return [
    { head: label('Họ và tên', 'Name'), text: ({ name }) => name },
    { head: label('Tổ chức', 'Organisation'), text: (row) => row.organisation_name },
    { head: label('Chức vụ', 'Position'), text: ({ position }) => position },
    {
      head: label('Tỉnh, thành phố', 'Province'),
      text: ({ unit }, language) => units.get(unit)?.[language] ?? unit,
    },
    {
      head: label('Chuyên môn', 'Specialities'),
      text: (row, language) =>
        row.specialities.map((id) => names.get(id)?.[language] ?? id).join('; '),
    },
    {
      head: label('Chứng chỉ', 'Certificates'),
      text: ({ certificates }) =>
        certificates
          .map(({ name, issuer, valid_to }) => [name, issuer, valid_to].filter(Boolean).join(', '))
          .join('; '),
    },
    {
      head: label('Số năm kinh nghiệm', 'Years of experience'),
      text: (row) => String(row.experience_years),
    },
    { head: label('Ngoại ngữ', 'Languages'), text: (row) => row.languages.join('; ') },
    {
      head: label('Trực', 'On call'),
      text: (row, language) => yes(row.on_call, language),
    },
    { head: label('Điện thoại', 'Telephone'), text: ({ phone }) => phone },
    { head: label('Thư điện tử', 'E-mail'), text: ({ email }) => email },
    {
      head: label('Căn cứ lưu giữ', 'Kept on the ground of'),
      text: ({ basis: { ground, since, note } }, language) =>
        [labels.expertGround[ground][language], since, note].join(', '),
    },
  ]
}
