import QtQuick
import hyperspot.theme

// Where the columns of the file table stand, for its head and its lines; narrow pages have fewer.
QtObject {
    id: root

    required property real width

    readonly property bool wide: width > Theme.size(760)
    readonly property real edge: Theme.gap4 + Theme.gap1
    readonly property real rowHeight: Theme.size(52)
    readonly property real typeWidth: wide ? Theme.size(180) : 0
    readonly property real passagesWidth: wide ? Theme.size(100) : 0
    readonly property real changedWidth: Theme.size(wide ? 90 : 84)
    readonly property real statusWidth: wide ? Math.max(Theme.size(240), Math.round(width * 0.27)) : Math.round(width * 0.32)
    readonly property real menuWidth: Theme.size(36)

    readonly property real changedX: width - menuWidth - changedWidth
    readonly property real statusX: changedX - statusWidth
    readonly property real passagesX: statusX - passagesWidth
    readonly property real typeX: passagesX - typeWidth
    readonly property real nameWidth: typeX - edge - Theme.gap2
}
