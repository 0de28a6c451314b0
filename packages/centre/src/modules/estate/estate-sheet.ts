import type { EstateStation, PlanEntry, StationDuty } from '@haidang/contracts/estate'
import { type Label, label } from '@haidang/contracts/label'
import { labels } from '@haidang/contracts/labels'
import { type SheetColumn, yes } from '../../sheets/sheet-rows.ts'

/** The columns of the estate; `units` says what provinces are called. */
export function stationColumns(
  units: ReadonlyMap<string, Label>,
): readonly SheetColumn<EstateStation>[] {
  return [
    { head: label('Trạm', 'Station'), text: ({ name }) => name },
    { head: label('Mã', 'Id'), text: ({ id }) => id },
    {
      head: label('Trạng thái', 'State'),
      text: ({ state }, language) => labels.stationState[state][language],
    },
    { head: label('Tổ chức', 'Organisation'), text: (row) => row.organisation_name },
    {
      head: label('Tỉnh, thành phố', 'Province'),
      text: ({ unit }, language) => units.get(unit)?.[language] ?? unit,
    },
    {
      head: label('Tập luật', 'Rule set'),
      text: ({ rule_state: state }, language) => (state ? labels.driftState[state][language] : ''),
    },
    { head: label('Số nguồn', 'Sources'), text: ({ sources }) => String(sources) },
    {
      head: label('Nguồn không tốt', 'Sources lacking'),
      text: (row) => String(row.lacking_sources),
    },
    { head: label('Khoảng trống đang mở', 'Open gaps'), text: (row) => String(row.open_gaps) },
    {
      head: label('Hệ thống được giám sát', 'Systems watched'),
      text: (row) => String(row.systems_watched),
    },
    {
      head: label('Hệ thống phải giám sát', 'Systems to be watched'),
      text: (row) => String(row.systems_required),
    },
    {
      head: label('Hệ thống chưa phủ', 'Systems uncovered'),
      text: (row) => String(row.systems_uncovered),
    },
    {
      head: label('Nhịp gần nhất (UTC)', 'Last heartbeat (UTC)'),
      text: (row) => row.last_heartbeat_at ?? '',
    },
    {
      head: label('Kiểm tra gần nhất', 'Last inspection'),
      text: (row) => row.last_inspection_on ?? '',
    },
    { head: label('Hạn kiểm tra', 'Inspection due'), text: (row) => row.inspection_due_on ?? '' },
    {
      head: label('Quá hạn kiểm tra', 'Inspection overdue'),
      text: (row, language) => yes(row.inspection_overdue, language),
    },
    {
      head: label('Tồn tại chưa khắc phục', 'Open findings'),
      text: (row) => String(row.open_findings),
    },
    { head: label('Phiên bản', 'Software'), text: ({ software }) => software },
    {
      head: label('Mô phỏng', 'Simulated'),
      text: (row, language) => yes(row.simulated, language),
    },
  ]
}

/** The columns of the estate plan; `duties` are what it follows. */
export function planColumns(duties: readonly StationDuty[]): readonly SheetColumn<PlanEntry>[] {
  const dutyOf = (id: string | null) => duties.find((duty) => duty.id === id)
  return [
    { head: label('Tổ chức', 'Organisation'), text: ({ name }) => name },
    {
      head: label('Loại', 'Kind'),
      text: ({ kind }, language) => labels.organisationKind[kind][language],
    },
    {
      head: label('Tình trạng', 'State'),
      text: ({ state }, language) => labels.planState[state][language],
    },
    { head: label('Hạn', 'Due'), text: (row) => row.due_on ?? '' },
    { head: label('Quá hạn', 'Overdue'), text: (row, language) => yes(row.overdue, language) },
    { head: label('Trạm', 'Station'), text: (row) => row.station_name ?? '' },
    {
      head: label('Nghĩa vụ', 'Duty'),
      text: ({ duty }, language) => dutyOf(duty)?.name[language] ?? '',
    },
    { head: label('Căn cứ', 'Clause'), text: ({ duty }) => dutyOf(duty)?.clause ?? '' },
    { head: label('Ghi chú', 'Note'), text: ({ note }) => note },
  ]
}
