import QtQuick

// A page that is made when it is first shown, and then kept: the window starts with one page, not with all.
Loader {
    property bool shown: false
    property bool wanted: false

    active: wanted
    visible: shown
    focus: shown
    onShownChanged: wanted = wanted || shown
    Component.onCompleted: wanted = wanted || shown
}
