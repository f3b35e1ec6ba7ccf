// One-time codes, as a SuperTokens core keeps them: good for a quarter of an hour and five tries.
import { createHash, randomBytes, randomInt } from 'node:crypto'

const LIFETIME = 900_000
const MOST = 5

interface Device {
  readonly preAuthSessionId: string
  readonly deviceId: string
  readonly codeId: string
  readonly email: string
  readonly code: string
  /** Milliseconds since the epoch. */
  readonly timeCreated: number
  failedCodeInputAttemptCount: number
}

const random = () => randomBytes(32).toString('base64url')

/** @param now milliseconds since the epoch */
export function createCodes(now: () => number) {
  const devices = new Map<string, Device>()

  return {
    create({ email, userInputCode }: Record<string, unknown>) {
      const deviceId = random()
      const device: Device = {
        // As the core does: whoever knows the one cannot tell the other.
        preAuthSessionId: createHash('sha256').update(deviceId).digest('base64url'),
        ...{ deviceId, codeId: random(), email: String(email), timeCreated: now() },
        code: typeof userInputCode === 'string' ? userInputCode : String(randomInt(1e5, 1e6)),
        failedCodeInputAttemptCount: 0,
      }
      devices.set(device.preAuthSessionId, device)
      const { preAuthSessionId, codeId, timeCreated, code } = device
      return {
        ...{ status: 'OK', preAuthSessionId, codeId, deviceId, userInputCode: code },
        ...{ linkCode: random(), codeLifetime: LIFETIME, timeCreated },
      }
    },
    of(preAuthSessionId: string | null) {
      const device = devices.get(preAuthSessionId ?? '')
      if (!device) return []
      const { codeId, email, failedCodeInputAttemptCount, timeCreated } = device
      const codes = [{ codeId, timeCreated, codeLifetime: LIFETIME }]
      return [{ preAuthSessionId, email, failedCodeInputAttemptCount, codes }]
    },
    /** `POST …/code/check`; with `consume`, `…/code/consume`. */
    check(input: Record<string, unknown>, consume: boolean) {
      const { preAuthSessionId, deviceId, userInputCode } = input
      const device = devices.get(String(preAuthSessionId))
      if (device?.deviceId !== deviceId || !device) return { status: 'RESTART_FLOW_ERROR' }
      const { email } = device
      const expired = now() >= device.timeCreated + LIFETIME
      if (device.code === userInputCode && !expired) {
        const { failedCodeInputAttemptCount } = device
        if (consume) devices.delete(device.preAuthSessionId)
        const consumedDevice = { preAuthSessionId, failedCodeInputAttemptCount, email }
        return { status: 'OK', consumedDevice, email }
      }
      device.failedCodeInputAttemptCount += 1
      if (device.failedCodeInputAttemptCount >= MOST) {
        devices.delete(device.preAuthSessionId)
        return { status: 'RESTART_FLOW_ERROR' }
      }
      const { failedCodeInputAttemptCount } = device
      const status =
        device.code === userInputCode
          ? 'EXPIRED_USER_INPUT_CODE_ERROR'
          : 'INCORRECT_USER_INPUT_CODE_ERROR'
      return { status, failedCodeInputAttemptCount, maximumCodeInputAttempts: MOST }
    },
    revoke: ({ preAuthSessionId }: Record<string, unknown>) =>
      void devices.delete(String(preAuthSessionId)),
    clear: () => devices.clear(),
  }
}
