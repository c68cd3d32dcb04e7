/** Endpoints for Node's worker_threads, whose ports work like a page's. */
export { messagePortEndpoint as nodePortEndpoint } from './endpoints/message-port.ts';
