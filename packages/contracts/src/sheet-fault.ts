import { z } from 'zod'
import { type Label, label } from './label.ts'

/** A word in both languages, as an answer carries it. */
const Words = z.object({ vi: z.string(), en: z.string() })

/** What is wrong with a row, 1 being the first of the file; the words of both languages follow from code and parameters. */
export const SheetFault = z.object({
  row: z.int(),
  field: z.string(),
  code: z.string().describe('stable'),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), Words]))
    .describe('what the words name'),
  cause: Words,
  remedy: Words,
})
export type SheetFault = z.infer<typeof SheetFault>
export type FaultParameters = Readonly<Record<string, string | number | Label>>

interface FaultWords {
  readonly cause: Label
  readonly remedy: Label
}

/** Every way a row can be wrong; what stands in braces is a parameter. */
export const sheetFaults = {
  missing: {
    cause: label('chưa điền', 'nothing in it'),
    remedy: label('điền giá trị vào ô', 'fill the cell in'),
  },
  formula: {
    cause: label('ô chứa công thức', 'a formula'),
    remedy: label('dán giá trị thay cho công thức', 'paste the value in place of the formula'),
  },
  'more-cells': {
    cause: label('dòng nhiều ô hơn số cột', 'more cells than columns'),
    remedy: label(
      'xóa ô thừa, hoặc đặt trong dấu nháy kép ô có dấu phân cách',
      'delete the cells beyond, or quote a cell that holds a separator',
    ),
  },
  repeated: {
    cause: label('trùng với dòng {row}', 'the same as in row {row}'),
    remedy: label('giữ một trong hai dòng', 'keep one of the two rows'),
  },
  'too-long': {
    cause: label('dài quá {most} ký tự', 'more than {most} characters'),
    remedy: label('rút ngắn', 'shorten it'),
  },
  'too-short': {
    cause: label('ngắn dưới {least} ký tự', 'less than {least} characters'),
    remedy: label('viết đầy đủ', 'write it out'),
  },
  'too-many': {
    cause: label('nhiều hơn {most} giá trị', 'more than {most} values'),
    remedy: label('bớt giá trị', 'fewer values'),
  },
  'out-of-bounds': {
    cause: label('không nằm trong khoảng cho phép', 'not within its bounds'),
    remedy: label('ghi {expects}', 'write {expects}'),
  },
  'no-choice': {
    cause: label('“{value}” không có trong danh mục', '“{value}” is none of the choices'),
    remedy: label('chọn một trong: {choices}', 'one of: {choices}'),
  },
  'wrong-form': {
    cause: label('không đúng cách ghi', 'not in the form it is written in'),
    remedy: label('ghi {expects}', 'write {expects}'),
  },
  'taken-by': {
    cause: label('mã này đã có trong sổ: {name}', '{name} has this code in the register'),
    remedy: label(
      'đổi mã, hoặc chọn bỏ qua hay sửa các dòng đã có',
      'another code, or choose to skip or to update what is there',
    ),
  },
  'no-unit': {
    cause: label('không có tỉnh, thành phố “{value}”', 'no provincial unit is called “{value}”'),
    remedy: label(
      'ghi mã hoặc tên đơn vị hành chính cấp tỉnh',
      'code or name of a provincial unit, a former one too',
    ),
  },
  'no-organisation': {
    cause: label(
      'không tổ chức nào bạn thấy được có mã “{value}”',
      'no organisation you may see has the code “{value}”',
    ),
    remedy: label(
      'ghi mã định danh của tổ chức trong sổ',
      'the code of an organisation of the register',
    ),
  },
  'no-parent': {
    cause: label(
      'không có tổ chức mã “{value}” trong sổ hay trong tệp',
      'no organisation of the register or of the file has the code “{value}”',
    ),
    remedy: label(
      'ghi mã của cơ quan cấp trên, hoặc thêm cơ quan đó vào tệp',
      'the code of whom it is under, or add that organisation to the file',
    ),
  },
  circular: {
    cause: label('thành vòng kín: {chain}', 'it closes a ring: {chain}'),
    remedy: label('sửa cột cấp trên ở một dòng của vòng', 'change the parent in a row of the ring'),
  },
  'too-deep': {
    cause: label('cây sâu hơn {most} cấp', 'the tree is deeper than {most} levels'),
    remedy: label('gắn vào cấp cao hơn', 'put it under a higher one'),
  },
  'other-parent': {
    cause: label('đang thuộc {name}', 'it is under {name} today'),
    remedy: label(
      'để trống cột này; đổi cấp trên ở trang của tổ chức, có ngày và căn cứ',
      'leave it empty; whom it is under is changed on its page, with days and basis',
    ),
  },
  'not-a-day': {
    cause: label('“{value}” có ngày sai', '“{value}” has a day that is none'),
    remedy: label(
      'ghi ngày dạng [2026-01-01..2026-12-31], ngày cuối không trước ngày đầu',
      'days as [2026-01-01..2026-12-31], the last not before the first',
    ),
  },
  lookalike: {
    cause: label(
      '“{value}” có chữ của hệ chữ khác, trông như {like}',
      '“{value}” has letters of another script and looks like {like}',
    ),
    remedy: label(
      'ghi tên miền thật; nếu đúng là tên này, thêm từng tên ở trang của hệ thống',
      'the real name; if it is this one, add it by hand on the page of the system',
    ),
  },
  'mixed-scripts': {
    cause: label(
      '“{value}” trộn chữ của nhiều hệ chữ',
      '“{value}” mixes letters of several scripts',
    ),
    remedy: label(
      'ghi tên miền bằng một hệ chữ; nếu đúng là tên này, thêm từng tên ở trang của hệ thống',
      'a name of one script; if it is this one, add it by hand on the page of the system',
    ),
  },
  'range-repeated': {
    cause: label('{value} đã nêu ở dòng {row}', '{value} stands in row {row}'),
    remedy: label('mỗi dải chỉ thuộc một hệ thống một lúc', 'a range is of one system at a time'),
  },
  'range-taken': {
    cause: label('{value} đang thuộc {name}', '{value} belongs at that time to {name}'),
    remedy: label(
      'đặt ngày cuối ở hệ thống đó trước, hoặc báo cơ quan điều phối',
      'end it there first, or put it to the coordinator',
    ),
  },
  'other-days': {
    cause: label(
      '{value} đã có trong sổ với ngày khác',
      '{value} is in the register with other days',
    ),
    remedy: label(
      'ghi đúng ngày như trong sổ, hoặc sửa ngày ở trang của hệ thống',
      'the days of the register, or change them on the page of the system',
    ),
  },
  'above-clearance': {
    cause: label('TLP cao hơn mức bạn được xem', 'a TLP above your clearance'),
    remedy: label('chọn TLP thấp hơn', 'a lower TLP'),
  },
  'lies-within': {
    cause: label('{value} nằm trong {range} của {name}', '{value} lies within {range} of {name}'),
    remedy: label(
      'kiểm tra lại; nếu đúng, dải hẹp hơn được tính cho hệ thống này',
      'check it; if it is right, the narrower range counts for this system',
    ),
  },
  'lies-within-row': {
    cause: label(
      '{value} nằm trong {range} ở dòng {row}',
      '{value} lies within {range} of row {row}',
    ),
    remedy: label(
      'kiểm tra lại; nếu đúng, dải hẹp hơn được tính cho hệ thống này',
      'check it; if it is right, the narrower range counts for this system',
    ),
  },
} as const satisfies Readonly<Record<string, FaultWords>>
export type SheetFaultCode = keyof typeof sheetFaults

/** A fault in words of both languages. */
export function faultIn<Code extends string>(
  catalogue: Readonly<Record<Code, FaultWords>>,
  place: { readonly row: number; readonly field: string },
  code: Code,
  parameters: FaultParameters = {},
): SheetFault {
  const { cause, remedy } = catalogue[code]
  return {
    row: place.row,
    field: place.field,
    code,
    parameters: { ...parameters },
    cause: filled(cause, parameters),
    remedy: filled(remedy, parameters),
  }
}

function filled(words: Label, parameters: FaultParameters): Label {
  return { vi: filledIn(words, parameters, 'vi'), en: filledIn(words, parameters, 'en') }
}

function filledIn(words: Label, parameters: FaultParameters, language: keyof Label): string {
  return words[language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name] ?? ''
    return typeof value === 'object' ? value[language] : String(value)
  })
}
