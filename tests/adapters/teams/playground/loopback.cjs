// The playground has no setting for the address it listens on; loaded before it, this keeps it to this machine.
const { Server } = require("net");
const original = Server.prototype.listen;
Server.prototype.listen = function listen(where, ...others) {
  if (where !== null && typeof where === "object" && where.port !== undefined) {
    return original.call(this, { ...where, host: "127.0.0.1" }, ...others);
  }
  if (!Number.isNaN(Number(where)) && where !== null) {
    return original.call(this, Number(where), "127.0.0.1", ...others.filter((one) => typeof one !== "string"));
  }
  return original.call(this, where, ...others);
};
