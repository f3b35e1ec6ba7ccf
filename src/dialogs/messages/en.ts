export { english } from '../messages.js'
