import { type HealthRegistry, healthy } from '@haidang/runtime/health'

interface Line {
  readonly trouble: string | undefined
  readonly isRunning: boolean
  readonly queue: { readonly records: number }
  readonly correlation: { readonly groups: number; readonly isShort: boolean }
}

/** The line's own checks, for `/readyz` and `doctor`. */
export function addStationHealth(health: HealthRegistry, line: Line): void {
  health.add('line', async () => {
    const { trouble, isRunning, queue } = line
    if (trouble !== undefined) {
      return {
        state: 'fail',
        cause: { vi: `Dây chuyền bị nghẽn: ${trouble}`, en: `The line is stuck: ${trouble}` },
        remedy: {
          vi: 'Bản ghi vẫn nằm trong hàng đợi; khắc phục nguyên nhân rồi dây chuyền tự chạy tiếp',
          en: 'Records stay in the spool; remove the cause and the line goes on by itself',
        },
      }
    }
    if (!isRunning) {
      return {
        state: 'warn',
        cause: {
          vi: 'Chưa thu thập: nút chưa được thiết lập',
          en: 'Not collecting: the node is not set up',
        },
        remedy: { vi: 'Mở liên kết thiết lập', en: 'Open the set-up link' },
      }
    }
    return healthy(`${queue.records} bản ghi đang chờ`, `${queue.records} records waiting`)
  })
  health.add('correlations', async () => {
    const { groups, isShort } = line.correlation
    if (!isShort) return healthy(`Đang nhớ ${groups} nhóm`, `${groups} groups remembered`)
    return {
      state: 'warn',
      cause: {
        vi: 'Tương quan hết chỗ nhớ: trong giờ qua đã quên những nhóm lâu không có sự kiện',
        en: 'Correlations are short of memory: groups longest without an event were forgotten within the hour',
      },
      remedy: {
        vi: 'Tăng correlation.bytes hoặc correlation.groups, hoặc thu hẹp luật tương quan',
        en: 'Raise correlation.bytes or correlation.groups, or narrow the correlation rules',
      },
    }
  })
}
