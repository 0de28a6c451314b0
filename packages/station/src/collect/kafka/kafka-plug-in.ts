/** Installs the plug-in where the program was installed without it; the node finds it when it starts again. */
export const installKafka = 'npm install --no-save @platformatic/kafka@2.12.1'

/** What is said of a source where the plug-in is not installed. */
export const missingPlugIn = `the plug-in for Kafka is not installed: ${installKafka}, then restart the node`

/** Whether the client library is installed; it is not loaded for that. */
export function hasKafkaPlugIn(): boolean {
  try {
    import.meta.resolve('@platformatic/kafka')
    return true
  } catch {
    return false
  }
}
